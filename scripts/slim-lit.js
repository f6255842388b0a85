import { BETWEEN } from './compile-templates.js';
import { applyEdits, decodeMappings, editLines, editWithMap, encodeMappings } from './source-map.js';

/**
 * Takes out of Lit, for the one-file builds only, what their elements never reach: support for browsers without
 * constructable style sheets (all that these builds can run in have them), hooks of polyfills and of hydration, guards
 * against mistakes that the types rule out, the parser of templates (scripts/compile-templates.js has run it), and
 * kinds of templates, bindings, properties and style sheets that no element uses. What a page imports from the package by
 * modules keeps Lit as it is. A release of Lit in which one of the texts is not found fails the build.
 */

const STYLES = 'reactive-element/css-tag.js';
const REACTIVE = 'reactive-element/reactive-element.js';
const ELEMENT = 'lit-element/lit-element.js';
const HTML = 'lit-html/lit-html.js';

/** Module, what is taken out, what stands there instead. */
const FOR_ALL = [
  // Style sheets: texts without holes. An element's become one sheet, which is made when it is first used.
  [
    STYLES,
    't.ShadowRoot&&(void 0===t.ShadyCSS||t.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype',
    'true',
  ],
  [
    STYLES,
    'constructor(t,e,o){if(this._$cssResult$=!0,o!==s)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}get styleSheet(){let t=this.o;const s=this.t;if(e&&void 0===t){const e=void 0!==s&&1===s.length;e&&(t=o.get(s)),void 0===t&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),e&&o.set(s,t))}return t}toString(){return this.cssText}',
    'constructor(t){this.t=t}get styleSheet(){return this.o||(this.o=new CSSStyleSheet).replaceSync(this.t),this.o}',
  ],
  [
    STYLES,
    `(t,...e)=>{const o=1===t.length?t[0]:e.reduce((e,s,o)=>e+(t=>{if(!0===t._$cssResult$)return t.cssText;if("number"==typeof t)return t;throw Error("Value passed to 'css' function must be a 'css' function result: "+t+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(s)+t[o+1],t[0]);return new n(o,t,s)}`,
    '([t])=>new n(t)',
  ],
  [
    STYLES,
    's.adoptedStyleSheets=o.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet)',
    's.adoptedStyleSheets=[o.s||((o.s=new CSSStyleSheet).replaceSync(o.map(t=>t.t).join("")),o.s)]',
  ],
  [
    REACTIVE,
    'const i=[];if(Array.isArray(s)){const e=new Set(s.flat(1/0).reverse());for(const s of e)i.unshift(t(s))}else void 0!==s&&i.push(t(s));return i',
    'return[...new Set([s??[]].flat(3))]',
  ],
  [REACTIVE, 'y.elementStyles=[],', ''],

  // Hooks.
  [REACTIVE, 'p=a.reactiveElementPolyfillSupport', 'p=void 0'],
  [REACTIVE, ',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2")', ''],
  [
    ELEMENT,
    'i._$litElement$=!0,i["finalized"]=!0,s.litElementHydrateSupport?.({LitElement:i});const o=s.litElementPolyfillSupport;o?.({LitElement:i});',
    '',
  ],
  [ELEMENT, '(s.litElementVersions??=[]).push("4.2.2");', ''],
  [HTML, ',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");', ';'],

  // Properties: those of `static properties`, of which the ones that are shown as attributes are flags.
  [REACTIVE, 'Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
  [REACTIVE, 'static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
  [REACTIVE, 'return this.finalize(),this._$Eh&&[...this._$Eh.keys()]', 'return this.finalize(),[...this._$Eh.keys()]'],
  [
    REACTIVE,
    'if(s.state&&(s.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),this.elementProperties.set(t,s),!s.noAccessor){const i=Symbol(),h=this.getPropertyDescriptor(t,i,s);void 0!==h&&e(this.prototype,t,h)}}static getPropertyDescriptor(t,s,i){const{get:e,set:r}=h(this.prototype,t)??{get(){return this[s]},set(t){this[s]=t}};return{get:e,set(s){const h=e?.call(this);r?.call(this,s),this.requestUpdate(t,h,i)},configurable:!0,enumerable:!0}}static getPropertyOptions(t){return this.elementProperties.get(t)??b}static _$Ei(){if(this.hasOwnProperty(d("elementProperties")))return;const t=n(this);t.finalize(),void 0!==t.l&&(this.l=[...t.l]),this.elementProperties=new Map(t.elementProperties)}static finalize(){if(this.hasOwnProperty(d("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(d("properties"))){const t=this.properties,s=[...r(t),...o(t)];for(const i of s)this.createProperty(i,t[i])}const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}this._$Eh=new Map;for(const[t,s]of this.elementProperties){const i=this._$Eu(t,s);void 0!==i&&this._$Eh.set(i,t)}this.elementStyles=this.finalizeStyles(this.styles)}',
    'const i=Symbol();this.l.set(t,s),s.noAccessor||e(this.prototype,t,{get(){return this[i]},set(s){const h=this[i];this[i]=s,this.requestUpdate(t,h)},configurable:!0,enumerable:!0})}static finalize(){if(this.hasOwnProperty("l"))return;const t=n(this);t.finalize?.(),this.l=new Map(t.l);const s=this.properties;for(const t in s)this.createProperty(t,s[t]);this._$Eh=new Map;this.l.forEach((t,s)=>{const i=this._$Eu(s,t);i&&this._$Eh.set(i,s)});this.elementStyles=this.finalizeStyles(this.styles)}',
  ],
  [REACTIVE, 'static createProperty(t,s=b){', 'static createProperty(t,s){'],
  [REACTIVE, ',y[d("elementProperties")]=new Map,y[d("finalized")]=new Map', ''],
  [
    REACTIVE,
    'return!1===i?void 0:"string"==typeof i?i:"string"==typeof t?t.toLowerCase():void 0',
    'return i??t.toLowerCase()',
  ],
  [
    REACTIVE,
    'super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){',
    'super(),this.hasUpdated=!1,',
  ],
  [REACTIVE, ',this.requestUpdate(),this.constructor.l?.forEach(t=>t(this))', ',this.requestUpdate()'],
  [
    REACTIVE,
    'const t=new Map,s=this.constructor.elementProperties;for(const i of s.keys())this.hasOwnProperty(i)&&(t.set(i,this[i]),delete this[i]);t.size>0&&(this._$Ep=t)',
    'const t=this._$Ep={};this.constructor.l.forEach((i,s)=>{this.hasOwnProperty(s)&&(t[s]=this[s],delete this[s])})',
  ],
  [REACTIVE, 'enableUpdating(t){}', ''],
  [REACTIVE, 'this._$AK(t,i)}', 'const e=this.constructor,h=e._$Eh.get(t);this._$Em!==h&&('],
  [
    REACTIVE,
    '_$ET(t,s){const i=this.constructor.elementProperties.get(t),e=this.constructor._$Eu(t,i);if(void 0!==e&&!0===i.reflect){const h=(void 0!==i.converter?.toAttribute?i.converter:u).toAttribute(s,i.type);this._$Em=t,null==h?this.removeAttribute(e):this.setAttribute(e,h),this._$Em=null}}_$AK(t,s){const i=this.constructor,e=i._$Eh.get(t);if(void 0!==e&&this._$Em!==e){const t=i.getPropertyOptions(e),h="function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u;this._$Em=e;const r=h.fromAttribute(s,t.type);this[e]=r??this._$Ej?.get(e)??r,this._$Em=null}}',
    'this._$Em=h,this[h]=e.l.get(h).type?null!==i:i,this._$Em=null)}_$ET(t,s){const i=this.constructor;this._$Em=t,this.toggleAttribute(i._$Eu(t,i.l.get(t)),!!s),this._$Em=null}',
  ],
  [
    REACTIVE,
    'requestUpdate(t,s,i,e=!1,h){if(void 0!==t){const r=this.constructor;if(!1===e&&(h=this[t]),i??=r.getPropertyOptions(t),!((i.hasChanged??f)(h,s)||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))))return;this.C(t,s,i)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(t,s,{useDefault:i,reflect:e,wrapped:h},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(this._$AL.has(t)||(this.hasUpdated||i||(s=void 0),this._$AL.set(t,s)),!0===e&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}',
    'requestUpdate(t,s){if(void 0!==t){if(Object.is(this[t],s))return;this._$AL.has(t)||this._$AL.set(t,s),this.constructor.l.get(t)?.reflect&&this._$Em!==t&&(this._$Eq??=new Set).add(t)}this.isUpdatePending||(this._$ES=this._$EP())}',
  ],

  // Updates.
  [
    REACTIVE,
    'const t=this.scheduleUpdate();return null!=t&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(const[t,s]of this._$Ep)this[t]=s;this._$Ep=void 0}const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}}let t=!1;const s=this._$AL;try{t=this.shouldUpdate(s),t?(this.willUpdate(s),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(s)}',
    'Object.assign(this,this._$Ep);this._$Ep=0;const t=this._$AL;try{this.willUpdate(t),this.update(t)}catch(t){throw this._$EM(),t}return this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t),!this.isUpdatePending}',
  ],
  [
    REACTIVE,
    '_$AE(t){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}',
    '',
  ],
  [REACTIVE, 'shouldUpdate(t){return!0}', ''],
  [REACTIVE, 'removeController(t){this._$EO?.delete(t)}', ''],
  [
    REACTIVE,
    'const t=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);',
    'const t=this.attachShadow(this.constructor.shadowRootOptions);',
  ],
  [
    ELEMENT,
    'constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){const t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}',
    '',
  ],
  [
    ELEMENT,
    'this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=e(r,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return r}',
    'super.update(t),e(r,this.renderRoot,{host:this})}',
  ],
  [
    HTML,
    'const e=s?.renderBefore??i;let h=e._$litPart$;if(void 0===h){const t=s?.renderBefore??null;e._$litPart$=h=new k(i.insertBefore(c(),t),t,void 0,s??{})}return h._$AI(t),h',
    '(i._$litPart$??=new k(i.appendChild(c()),null,void 0,s))._$AI(t)',
  ],

  // Templates: parsed before, in HTML alone, with bindings of text and attributes.
  [HTML, 'x=t=>(i,...s)=>({_$litType$:t,strings:i,values:s}),b=x(1)', 'b=(t,...i)=>({_$litType$:t,values:i})'],
  [HTML, ',w=x(2),T=x(3)', ''],
  [HTML, 'w as svg', 'b as svg'],
  [HTML, 'T as mathml', 'b as mathml'],
  [
    HTML,
    'if(!u(t)||!t.hasOwnProperty("raw"))throw Error("invalid template strings array");return',
    'if(!t.raw)throw Error();return',
  ],
  [
    HTML,
    'constructor({strings:t,_$litType$:i},e){let r;this.parts=[];let l=0,a=0;const u=t.length-1,d=this.parts,[f,v]=N(t,i);if(this.el=S.createElement(f,e),P.currentNode=this.el.content,2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}for(;null!==(r=P.nextNode())&&d.length<u;){if(1===r.nodeType){if(r.hasAttributes())for(const t of r.getAttributeNames())if(t.endsWith(h)){const i=v[a++],s=r.getAttribute(t).split(o),e=/([.?@])?(.*)/.exec(i);d.push({type:1,index:l,name:e[2],strings:s,ctor:"."===e[1]?I:"?"===e[1]?L:"@"===e[1]?z:H}),r.removeAttribute(t)}else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t));if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}}else if(8===r.nodeType)if(r.data===n)d.push({type:2,index:l});else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}l++}}static createElement(t,i){const s=l.createElement("template");return s.innerHTML=t,s}',
    `constructor(t){const d=this.parts=[];(this.el=document.createElement("template")).innerHTML=V(t,t[0]);for(let i=1;i<t.length;i++){const s=t[i].split(${JSON.stringify(BETWEEN)}),e=s[1],r=e&&{".":I,"?":L,"@":z}[e[0]];t[i]&&d.push(e?{index:+s[0],name:r?e.slice(1):e,strings:s.slice(2),ctor:r??H}:{index:+s[0]})}}`,
  ],
  [
    HTML,
    'this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=i}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}',
    'this._$AV=[],this._$AD=t,this._$AM=i}',
  ],
  [HTML, '(t?.creationScope??l).importNode(i,!0)', 'document.importNode(i,!0)'],
  [
    HTML,
    'for(;void 0!==r;){if(o===r.index){let i;2===r.type?i=new k(h,h.nextSibling,this,t):1===r.type?i=new r.ctor(h,r.name,r.strings,this,t):6===r.type&&(i=new Z(h,this,t)),this._$AV.push(i),r=s[++n]}o!==r?.index&&(h=P.nextNode(),o++)}return P.currentNode=l,e',
    'for(;r;)o===r.index?(this._$AV.push(r.ctor?new r.ctor(h,r.name,r.strings,this,t):new k(h,h.nextSibling,this,t)),r=s[++n]):(h=P.nextNode(),o++);return P.currentNode=document,e',
  ],
  [
    HTML,
    'for(const s of this._$AV)void 0!==s&&(void 0!==s.strings?(s._$AI(t,s,i),i+=s.strings.length-2):s._$AI(t[i])),i++',
    'this._$AV.forEach(s=>{s.strings?(s._$AI(t,s,i),i+=s.strings.length-1):s._$AI(t[i++])})',
  ],
  [HTML, 'get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,i,s,e){', 'constructor(t,i,s,e){'],
  [
    HTML,
    'this._$AM=s,this.options=e,this._$Cv=e?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode;const i=this._$AM;return void 0!==i&&11===t?.nodeType&&(t=i.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}',
    'this._$AM=s,this.options=e}',
  ],
  [HTML, 'void 0!==t.nodeType?this.T(t):', ''],
  [HTML, 'j={M:h,P:o,A:n,C:1,L:N,R,D:d,V:M,I:k,H,N:L,U:z,B:I,F:Z}', 'j={I:k}'],
  [
    HTML,
    'const{values:i,_$litType$:s}=t,e="number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s);',
    'const{values:i}=t,e=this._$AC(t._$litType$);',
  ],
  [
    HTML,
    'let i=C.get(t.strings);return void 0===i&&C.set(t.strings,i=new S(t)),i',
    'let i=C.get(t);return i||C.set(t,i=new S(t)),i',
  ],
  [HTML, 'this._$AP?.(!1,!0,s)', '0'],
  [HTML, 'const s=i(t).nextSibling;i(t).remove(),t=s', 'const s=t.nextSibling;t.remove(),t=s'],
  [HTML, 'setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}', ''],
  [
    HTML,
    'get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,i,s,e,h){this.type=1,this._$AH=A,this._$AN=void 0,this.element=t,this.name=i,this._$AM=e,this.options=h,s.length>2||""!==s[0]||""!==s[1]?',
    'constructor(t,i,s,e,h){this.element=t,this.name=i,this._$AM=e,this.options=h,s.join("")||s[2]!==void 0?',
  ],
  [HTML, 'constructor(){super(...arguments),this.type=3}', ''],
  [HTML, 'constructor(){super(...arguments),this.type=4}', ''],
  [HTML, 'constructor(t,i,s,e,h){super(t,i,s,e,h),this.type=5}', ''],
  [
    HTML,
    '_$AI(t,i=this){if((t=M(this,t,i,0)??A)===E)return;const s=this._$AH,e=t===A&&s!==A||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,h=t!==A&&(s===A||e);e&&this.element.removeEventListener(this.name,this,s),h&&this.element.addEventListener(this.name,this,t),this._$AH=t}',
    '_$AI(t){this._$AH===A&&this.element.addEventListener(this.name,this),this._$AH=t}',
  ],
  [
    HTML,
    '"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)',
    'this._$AH.call(this.options.host,t)',
  ],
];

/** Directives, which only the batch has (`repeat`). */
const DIRECTIVES = [
  [
    HTML,
    'function M(t,i,s=t,e){if(i===E)return i;let h=void 0!==e?s._$Co?.[e]:s._$Cl;const o=a(i)?void 0:i._$litDirective$;return h?.constructor!==o&&(h?._$AO?.(!1),void 0===o?h=void 0:(h=new o(t),h._$AT(t,s,e)),void 0!==e?(s._$Co??=[])[e]=h:s._$Cl=h),void 0!==h&&(i=M(t,h._$AS(t,i.values),h,e)),i}',
    '',
  ],
  [HTML, 'this.type=2,', ''],
  [HTML, '_$AI(t,i=this){t=M(this,t,i),a(t)', '_$AI(t){a(t)'],
  [HTML, '_$AI(t,i=this,s,e){', '_$AI(t,i,s,e){'],
  [HTML, 't=M(this,t,i,0),o=!a(t)', 'o=!a(t)'],
  [HTML, 'r=M(this,e[s+n],i,n)', 'r=e[s+n]'],
];

const cutsFor = (id, directives) =>
  [...FOR_ALL, ...(directives ? [] : DIRECTIVES)].filter(([file]) => id.endsWith(`/${file}`));

/** Where a cut takes something out of what the earlier ones have left. */
function editOf(text, [file, what, instead]) {
  if (text.split(what).length !== 2) throw new Error(`${file} has changed. It no longer says once: ${what}`);
  const from = text.indexOf(what);
  return { from, to: from + what.length, text: instead };
}

/** A module without what is not needed; `directives` keeps them. */
export function slimmed(code, id, { directives }) {
  return cutsFor(id, directives).reduce((text, cut) => applyEdits(text, [editOf(text, cut)]), code);
}

/** The same as a vite plugin for one build. */
export function slimLitPlugin({ directives }) {
  return {
    name: 'slim-lit',
    enforce: 'pre',
    transform(code, id) {
      const cuts = cutsFor(id, directives);
      if (cuts.length === 0) return undefined;
      const whole = editWithMap(code, [], id);
      const cut = cuts.reduce(({ code: text, lines }, next) => editLines(text, lines, [editOf(text, next)]), {
        code,
        lines: decodeMappings(whole.map.mappings),
      });
      return { code: cut.code, map: { ...whole.map, mappings: encodeMappings(cut.lines) } };
    },
  };
}

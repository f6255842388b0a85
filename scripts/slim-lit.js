/**
 * Takes out of Lit, for the one-file builds only, what their elements never reach: support for browsers without
 * constructable style sheets (all that these builds can run in have them), hooks of polyfills and of hydration, guards
 * against mistakes that the types rule out, and kinds of templates and bindings that no element uses. What a page
 * imports from the package by modules keeps Lit as it is. A release of Lit in which one of the texts is not found fails
 * the build.
 */

const STYLES = 'reactive-element/css-tag.js';
const REACTIVE = 'reactive-element/reactive-element.js';
const ELEMENT = 'lit-element/lit-element.js';
const HTML = 'lit-html/lit-html.js';

/** Module, what is taken out, what stands there instead. */
const FOR_ALL = [
  [
    STYLES,
    't.ShadowRoot&&(void 0===t.ShadyCSS||t.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype',
    'true',
  ],
  [
    STYLES,
    'if(this._$cssResult$=!0,o!==s)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");',
    'this._$cssResult$=!0;',
  ],
  [
    STYLES,
    `if(!0===t._$cssResult$)return t.cssText;if("number"==typeof t)return t;throw Error("Value passed to 'css' function must be a 'css' function result: "+t+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")`,
    'return t.cssText',
  ],
  [REACTIVE, 'p=a.reactiveElementPolyfillSupport', 'p=void 0'],
  [REACTIVE, ',(a.reactiveElementVersions??=[]).push("2.1.2")', ''],
  [ELEMENT, ',s.litElementHydrateSupport?.({LitElement:i})', ''],
  [ELEMENT, 'const o=s.litElementPolyfillSupport;o?.({LitElement:i});', ''],
  [ELEMENT, '(s.litElementVersions??=[]).push("4.2.2");', ''],
  [HTML, ',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");', ';'],
  // Templates of SVG or MathML alone; icons are HTML templates with an <svg> in them.
  [
    HTML,
    'if(this.el=S.createElement(f,e),P.currentNode=this.el.content,2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}',
    'this.el=S.createElement(f,e);P.currentNode=this.el.content;',
  ],
  [HTML, '2===i?"<svg>":3===i?"<math>":""', '""'],
  [HTML, '+(2===i?"</svg>":3===i?"</math>":"")', ''],
  // Bindings on an element itself.
  [HTML, ':6===r.type&&(i=new Z(h,this,t))', ':0'],
  [HTML, 't.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t))', '0'],
  // Bindings in the text of <script>, <style>, <textarea> and <title>.
  [
    HTML,
    'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
    '',
  ],
  // What decorators leave behind, defaults that attributes fall back to, values of attributes other than text and flags.
  [REACTIVE, 'Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
  [
    REACTIVE,
    'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
    '',
  ],
  [REACTIVE, 'static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
  [REACTIVE, ',void 0!==t.l&&(this.l=[...t.l])', ''],
  [REACTIVE, ',this.constructor.l?.forEach(t=>t(this))', ''],
  [REACTIVE, 'case Object:case Array:t=null==t?t:JSON.stringify(t)', ''],
  [
    REACTIVE,
    'case Number:i=null===t?null:Number(t);break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}',
    '',
  ],
  [REACTIVE, '(void 0!==i.converter?.toAttribute?i.converter:u)', 'u'],
  [
    REACTIVE,
    'h="function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u;',
    'h=u;',
  ],
  [REACTIVE, 'this[e]=r??this._$Ej?.get(e)??r', 'this[e]=r'],
  [
    REACTIVE,
    '!((i.hasChanged??f)(h,s)||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))))return;',
    '!f(h,s))return;',
  ],
  [
    REACTIVE,
    'C(t,s,{useDefault:i,reflect:e,wrapped:h},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(this._$AL.has(t)||(this.hasUpdated||i||(s=void 0),this._$AL.set(t,s)),!0===e&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}',
    'C(t,s,{reflect:e}){this._$AL.has(t)||(this.hasUpdated||(s=void 0),this._$AL.set(t,s)),!0===e&&this._$Em!==t&&(this._$Eq??=new Set).add(t)}',
  ],
  // Other fallbacks and doors that no element uses.
  [HTML, 'get startNode(){return this._$AA}get endNode(){return this._$AB}', ''],
  [HTML, 'get tagName(){return this.element.tagName}', ''],
  [
    HTML,
    ',e=t===A&&s!==A||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,h=t!==A&&(s===A||e);e&&',
    ',e=t===A&&s!==A,h=t!==A&&s===A;e&&',
  ],
  [
    HTML,
    '"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)',
    'this._$AH.call(this.options.host,t)',
  ],
];

/** Directives, which only the batch has (`repeat`). */
const DIRECTIVES = [
  [HTML, 'let h=void 0!==e?s._$Co?.[e]:s._$Cl;', ''],
  [
    HTML,
    'const o=a(i)?void 0:i._$litDirective$;return h?.constructor!==o&&(h?._$AO?.(!1),void 0===o?h=void 0:(h=new o(t),h._$AT(t,s,e)),void 0!==e?(s._$Co??=[])[e]=h:s._$Cl=h),void 0!==h&&(i=M(t,h._$AS(t,i.values),h,e)),i',
    'return i',
  ],
];

/** A vite plugin for one build; `directives` keeps them. */
export function slimLitPlugin({ directives }) {
  return {
    name: 'slim-lit',
    enforce: 'pre',
    transform(code, id) {
      const cuts = (directives ? FOR_ALL : [...FOR_ALL, ...DIRECTIVES]).filter(([file]) => id.endsWith(`/${file}`));
      if (cuts.length === 0) return undefined;
      return cuts.reduce((text, [file, what, instead]) => {
        if (text.split(what).length !== 2) this.error(`${file} has changed. It no longer says once: ${what}`);
        return text.replace(what, () => instead);
      }, code);
    },
  };
}

/**
 * What each custom element offers its users, read from the sources and from nothing that is written about them: the
 * attributes, properties and methods of its class, and the events, slots, parts, custom properties and states of what its
 * class reaches. Names that are made up while the page runs are read from their types; a name that no type tells throws.
 */
import { basename, resolve } from 'node:path';
import ts from 'typescript';

/** Members that the platform or Lit calls; no user of an element does. */
const CALLBACKS = new Set([
  'connectedCallback',
  'disconnectedCallback',
  'formAssociatedCallback',
  'formDisabledCallback',
  'formResetCallback',
  'formStateRestoreCallback',
  // Typed anew for each element's events.
  'addEventListener',
  'removeEventListener',
]);
const TAG_FILE = /^lesspay-(?!element\.ts)[\w-]+\.ts$/;
const TEMPLATE_TAGS = new Set(['html', 'svg', 'css']);
const CUSTOM_PROPERTY = /var\(\s*(--lesspay-[\w-]+)/g;
/** What the manifest calls what. */
const KINDS = {
  attributes: ({ attributes }) => attributes,
  properties: ({ members }) => members?.filter(({ kind }) => kind === 'field'),
  methods: ({ members }) => members?.filter(({ kind }) => kind === 'method'),
  events: ({ events }) => events,
  slots: ({ slots }) => slots,
  parts: ({ cssParts }) => cssParts,
  cssProperties: ({ cssProperties }) => cssProperties,
  states: ({ cssStates }) => cssStates,
};
const HIDDEN = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Static;

function openProject(project) {
  const { config } = ts.readConfigFile(project, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, resolve(project, '..'));
  return ts.createProgram(fileNames, { ...options, noEmit: true });
}

const where = (node) => {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
};

/**
 * The surfaces by tag.
 *
 * @param {{ project?: string }} [options] `project`: the tsconfig of the elements.
 */
export function elementSurfaces({ project = 'tsconfig/browser.json' } = {}) {
  const program = openProject(project);
  const checker = program.getTypeChecker();
  const isElementSource = (file) => /\/src\/elements\//.test(file.fileName) && !file.isDeclarationFile;
  const files = program.getSourceFiles().filter(isElementSource);
  const tagFiles = files.filter((file) => TAG_FILE.test(basename(file.fileName)));

  const symbolAt = (node) => {
    const symbol = checker.getSymbolAtLocation(node);
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  };

  /** The literals that an expression can be. */
  function namesOf(expression) {
    const type = checker.getTypeAtLocation(expression);
    const parts = type.isUnion() ? type.types : [type];
    if (parts.every((part) => part.isStringLiteral())) return parts.map(({ value }) => value);
    const declaration = symbolAt(expression)?.valueDeclaration;
    const loop = declaration?.parent?.parent;
    if (loop && ts.isForOfStatement(loop)) return listed(loop.expression);
    throw new Error(`${where(expression)}: no type tells which names ${expression.getText()} can be.`);
  }

  /** The names that a loop goes over: a list of literals, or the keys of an object. */
  function listed(list) {
    if (ts.isArrayLiteralExpression(list)) return list.elements.flatMap(namesOf);
    if (ts.isCallExpression(list) && list.expression.getText() === 'Object.keys') {
      const keys = checker.getTypeAtLocation(list.arguments[0]).getProperties();
      if (keys.length) return keys.map(({ name }) => name);
    }
    const [item] = checker.getTypeArguments(checker.getTypeAtLocation(list)) ?? [];
    const parts = item?.isUnion() ? item.types : [item];
    if (parts.every((part) => part?.isStringLiteral())) return parts.map(({ value }) => value);
    throw new Error(`${where(list)}: no type tells which names ${list.getText()} holds.`);
  }

  /** The values of an attribute in a template, written out or bound. */
  function attributeValues(template, attribute) {
    if (ts.isNoSubstitutionTemplateLiteral(template)) return written(template.text, attribute);
    const values = written(template.head.text, attribute);
    let before = template.head.text;
    for (const { expression, literal } of template.templateSpans) {
      const open = new RegExp(`\\s${attribute}=(?:"([^"]*))?$`).exec(before);
      if (open) values.push(...(open[1] ?? '').split(/\s+/).filter(Boolean), ...namesOf(expression));
      values.push(...written(literal.text, attribute));
      before = literal.text;
    }
    return values;
  }
  const written = (text, attribute) =>
    [...text.matchAll(new RegExp(`\\s${attribute}="([^"]*)"`, 'g'))].flatMap(([, list]) => list.split(/[\s,]+/));

  /** The names of a template's slots; the default slot's is empty. */
  function slotNames(template) {
    const names = [];
    const spans = ts.isTemplateExpression(template) ? template.templateSpans : [];
    // A bound value stands as its number, which no name is.
    const text = [
      template.text ?? template.head.text,
      ...spans.map(({ literal }, index) => `{${index}}${literal.text}`),
    ];
    for (const [, attributes] of text.join('').matchAll(/<slot\b([^>]*)>/g)) {
      const [, name = ''] = /\sname="?([^"\s]+)/.exec(attributes) ?? [];
      const bound = /^\{(\d+)\}$/.exec(name);
      names.push(...(bound ? namesOf(spans[bound[1]].expression) : [name]));
    }
    return names;
  }

  /** What an event is called, and its class. */
  function eventOf(creation) {
    const type = symbolAt(creation.expression);
    const declaration = type?.valueDeclaration;
    if (!declaration || !ts.isClassDeclaration(declaration) || !isElementSource(declaration.getSourceFile())) return;
    const called = /super\(\s*'([\w-]+)'/.exec(declaration.getText());
    if (!called) throw new Error(`${where(declaration)}: the event is given no name by its constructor.`);
    return { name: called[1], type: type.name };
  }

  function readSurface(file) {
    const declaration = file.statements.find(
      (statement) => ts.isClassDeclaration(statement) && /@tag\s/.test(statement.getFullText()),
    );
    if (!declaration) throw new Error(`${file.fileName} has no class with a @tag.`);
    const surface = {
      className: declaration.name.text,
      attributes: new Set(),
      properties: new Set(),
      methods: new Set(),
      events: new Map(),
      slots: new Set(),
      parts: new Set(),
      cssProperties: new Set(),
      states: new Set(),
    };

    const chain = [];
    for (let current = declaration; current && isElementSource(current.getSourceFile());) {
      chain.push(current);
      const base = current.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
      current = base && symbolAt(base.expression)?.valueDeclaration;
    }

    for (const { members } of chain) {
      for (const member of members) {
        const name = member.name?.getText();
        if (name === 'properties') {
          for (const property of member.initializer.properties) {
            const attribute = /attribute:\s*(?:'([\w-]+)'|(false))/.exec(property.initializer.getText());
            if (!attribute?.[2]) surface.attributes.add(attribute?.[1] ?? property.name.getText().toLowerCase());
          }
        }
        const isHidden =
          ts.getCombinedModifierFlags(member) & HIDDEN ||
          ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'internal');
        if (!name || isHidden || ts.isPrivateIdentifier(member.name) || CALLBACKS.has(name)) continue;
        (ts.isMethodDeclaration(member) ? surface.methods : surface.properties).add(name);
      }
    }

    const seen = new Set();
    const queue = [...chain];
    const visit = (top) => {
      if (!top || seen.has(top) || !isElementSource(top.getSourceFile())) return;
      const home = top.getSourceFile();
      // Another element's insides are its own.
      if (home !== file && TAG_FILE.test(basename(home.fileName))) return;
      queue.push(top);
    };
    const isHost = (node) => node.kind === ts.SyntaxKind.ThisKeyword;

    function read(node) {
      if (ts.isIdentifier(node)) {
        for (const reached of symbolAt(node)?.declarations ?? []) visit(topOf(reached));
      }
      if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
        const module = checker.getSymbolAtLocation(node.arguments[0]);
        for (const exported of module ? checker.getExportsOfModule(module) : []) {
          for (const reached of exported.declarations ?? []) visit(topOf(reached));
        }
      }
      if (ts.isTaggedTemplateExpression(node) && TEMPLATE_TAGS.has(node.tag.getText())) {
        const { template } = node;
        for (const name of slotNames(template)) surface.slots.add(name);
        for (const name of attributeValues(template, 'part')) surface.parts.add(name);
        for (const name of attributeValues(template, 'exportparts')) surface.parts.add(name.split(':').at(-1));
        for (const [, name] of template.getText().matchAll(CUSTOM_PROPERTY)) surface.cssProperties.add(name);
      }
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
        const { name, expression: target } = node.expression;
        const [first] = node.arguments;
        if (name.text === 'setState') for (const state of namesOf(first)) surface.states.add(state);
        if (name.text === 'dispatchEvent' && first && ts.isNewExpression(first)) {
          const event = eventOf(first);
          if (event) surface.events.set(event.name, event.type);
          else if (isHost(target)) throw new Error(`${where(node)}: an event of a class of its own is expected.`);
        }
        if (/^(?:get|has)Attribute$/.test(name.text) && isHost(target)) {
          for (const attribute of namesOf(first)) surface.attributes.add(attribute);
        }
      }
      ts.forEachChild(node, read);
    }
    while (queue.length) {
      const next = queue.pop();
      if (seen.has(next)) continue;
      seen.add(next);
      read(next);
    }
    return surface;
  }

  /** The statement of its file that a declaration belongs to. */
  function topOf(declaration) {
    let node = declaration;
    while (node.parent && !ts.isSourceFile(node.parent)) node = node.parent;
    return node.parent ? node : undefined;
  }

  const surfaces = new Map();
  for (const file of tagFiles) surfaces.set(basename(file.fileName, '.ts'), readSurface(file));
  return surfaces;
}

/**
 * Where a manifest's declaration of an element and its surface differ: what has no entry, an entry that says nothing, an
 * event of another class, and entries of what the element does not have.
 */
export function manifestGaps(surface, declaration) {
  const gaps = [];
  for (const [kind, entriesOf] of Object.entries(KINDS)) {
    const entries = new Map((entriesOf(declaration) ?? []).map((entry) => [entry.name, entry]));
    const found = new Set(surface[kind].keys());
    for (const name of found) {
      const entry = entries.get(name);
      if (!entry) gaps.push(`${kind}: "${name}" has no entry`);
      else if (!entry.description) gaps.push(`${kind}: "${name}" has no description`);
      else if (kind === 'events' && entry.type?.text !== surface.events.get(name)) {
        gaps.push(`events: "${name}" is a ${surface.events.get(name)}`);
      }
    }
    for (const [name, entry] of entries) {
      if (!found.has(name) && !entry.static) gaps.push(`${kind}: "${name}" is not there`);
    }
  }
  return gaps;
}

/**
 * The custom properties that the shared stylesheets describe, in the words of their `@cssprop`, as the manifest has them.
 *
 * @param {string} source The text of a stylesheet's module.
 */
export function describedTokens(source) {
  return [...source.matchAll(/@cssprop \[?(--lesspay-[\w-]+)(?:=([^\]\n]+))?\]? - (.+)/g)].map(
    ([, name, value, description]) => ({ name, description, ...(value && { default: value }) }),
  );
}

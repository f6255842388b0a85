/**
 * The reference of elements, events and errors, made from the sources: from the custom elements manifest, the types with
 * what is said of their members, and the tables of the proxy and the forms. Run after a build it writes dist/docs/;
 * the build itself ends with it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

function sourceOf(file) {
  return ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.ES2023, true);
}

/** The statement of a file that declares a name. */
function declarationOf(file, name) {
  const source = sourceOf(file);
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) {
      const found = statement.declarationList.declarations.find((declaration) => declaration.name.getText() === name);
      if (found) return found;
    }
    if ('name' in statement && statement.name?.getText() === name) return statement;
  }
  throw new Error(`${file} does not declare ${name}.`);
}

/** What the comment before a node says, in one line. In a union it stands before the bar. */
function saidOf(node, from = node.getFullStart()) {
  const text = node.getSourceFile().text;
  const comments = ts.getLeadingCommentRanges(text, from) ?? [];
  return comments
    .map(({ pos, end }) => text.slice(pos, end))
    .join(' ')
    .replace(/^\/\*\*?|\*\/$|^\s*\/\/|\n\s*(?:\*|\/\/)/gm, ' ')
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A literal of the sources as its value. */
function valueOf(node) {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return valueOf(node.expression);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (ts.isObjectLiteralExpression(node)) {
    return Object.fromEntries(node.properties.map(({ name, initializer }) => [name.text, valueOf(initializer)]));
  }
  throw new Error(`${node.getSourceFile().fileName}: ${node.getText()} is no literal.`);
}

/** The object that a constant holds. */
const tableOf = (file, name) => valueOf(declarationOf(file, name).initializer);

/** The words of a closed union, or of the array that it is made of, with what is said of each. */
function wordsOf(file, name) {
  const declaration = declarationOf(file, name);
  const array = declaration.initializer && ts.isAsExpression(declaration.initializer) && declaration.initializer;
  const nodes = array ? array.expression.elements : (declaration.type.types ?? [declaration.type]);
  return [...nodes].flatMap((node, index) => {
    const literal = ts.isLiteralTypeNode(node) ? node.literal : node;
    const from = array ? node.getFullStart() : (nodes[index - 1]?.end ?? declaration.type.getFullStart());
    return ts.isStringLiteral(literal) ? [{ name: literal.text, said: saidOf(node, from) }] : [];
  });
}

/** Words whose comment says what has happened and then what to do. */
function remediesOf(file, name) {
  const words = new Map(wordsOf(file, name).map((word) => [word.name, word]));
  return [...words.values()].map((word) => {
    // Not inside a number, a file name or `x.y`.
    const [means = '', remedy = ''] = word.said.split(/(?<=\.)\s(?=[\p{Lu}`])(.*)/su);
    return { name: word.name, means, remedy };
  });
}

/** The members of an interface or of a class, with their types and what is said of them. */
function membersOf(file, name) {
  const declaration = declarationOf(file, name);
  return declaration.members
    .filter((member) => ts.isPropertySignature(member) || ts.isPropertyDeclaration(member))
    .filter((member) => !['name', 'type'].includes(member.name.getText()) || ts.isInterfaceDeclaration(declaration))
    .map((member) => ({
      name: member.name.getText(),
      optional: member.questionToken !== undefined,
      type:
        member.type
          ?.getText()
          .replace(/\s+/g, ' ')
          .replace(/ \| undefined$/, '') ?? '',
      said: saidOf(member),
    }));
}

/** The names of everything that an interface has, methods too. */
export const memberNames = (file, name) =>
  declarationOf(file, name)
    .members.map((member) => member.name?.getText())
    .filter((member) => member !== undefined);

const cell = (text) => String(text).replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
const code = (text) => (text === '' || text === undefined ? '' : `\`${text}\``);

function table(heads, rows) {
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

const memberTable = (members) =>
  table(
    ['member', 'type', 'what it is'],
    members.map(({ name, optional, type, said }) => [code(optional ? `${name}?` : name), code(type), said]),
  );

const remedyTable = (head, rows) =>
  table(
    [head, 'what it means', 'what to do'],
    rows.map(({ name, means, remedy }) => [`<a id="${name}"></a>\`${name}\``, means, remedy]),
  );

/** Codes of addresses, which a server or a developer writes and no form asks for. */
const ADDRESS_ISSUES = {
  'url-format': 'Write an absolute URL, exactly as it will be used.',
  'url-scheme': 'Use https.',
  'url-credentials': 'Take the user name and password out of the URL.',
  'url-fragment': 'Take the part from # on out of the URL.',
  'url-host': 'Use a public host name: no IP address, no single word, no private name.',
  'url-port': 'Use the default port.',
  'url-not-allowed': 'Use a host of the list, or add this one to it.',
};

/** What `errors[].code` can be besides a rule's code: what is wrong with a request and not with a value. */
const REQUEST_ISSUES = {
  'no-route': 'No channel in `payout.routes` takes this payout. Add the channel, or choose another method.',
  'other-route': 'This payout needs another channel than the first of the request. Send it in a request of its own.',
  'duplicate-payout': 'This payout is under way or paid. Look at the request that `requestId` names.',
  'payout-limit-exceeded': 'This payout alone is above `perPayout`. Correct its amount.',
  'upstream-refused': 'The platform refused this member. Compare it with the source.',
};

/** Every problem code, with all that an answer and the page of the proxy say of it. */
export function problemCodes() {
  const kinds = tableOf('src/proxy/http/problem.ts', 'KINDS');
  const guide = tableOf('src/proxy/http/problems-page.ts', 'GUIDE');
  return wordsOf('src/protocol/problem.ts', 'PROBLEM_CODES').map(({ name }) => {
    const { status, otherStatus, retryable = false } = kinds[name];
    const statuses = otherStatus === undefined ? [status] : [status, otherStatus];
    return { name, statuses, retryable, ...guide[name] };
  });
}

/** Every reason to refuse a value, with what to do: for values of a form in the words that its user reads. */
export function issueCodes() {
  const texts = tableOf('src/locales/en/issues.ts', 'general');
  return wordsOf('src/rules/types.ts', 'ISSUE_CODES').map(({ name }) => ({
    name,
    remedy: texts[name] ?? ADDRESS_ISSUES[name] ?? '',
  }));
}

/** What `errors` can name besides, with what to do. */
export const requestIssues = () => Object.entries(REQUEST_ISSUES).map(([name, remedy]) => ({ name, remedy }));

/** The closed lists of words whose comments say what has happened and what to do, by the title of their section. */
export function remedies() {
  return {
    elements: remediesOf('src/elements/events.ts', 'LesspayErrorCode'),
    client: remediesOf('src/client.ts', 'ProxyErrorCode'),
    payouts: remediesOf('src/protocol/status.ts', 'PayoutFailure'),
    recipients: remediesOf('src/rules/types.ts', 'WarningCode'),
    stores: remediesOf('src/proxy/store/store-error.ts', 'StoreErrorCode'),
    upstream: remediesOf('src/upstream/error.ts', 'UpstreamErrorKind'),
    lesspaySignatures: remediesOf('src/lesspay/verify.ts', 'VerifyLesspayReason'),
    leanxSignatures: remediesOf('src/leanx/callback.ts', 'LeanxCallbackReason'),
    alarms: remediesOf('src/proxy/journal/proxy-event.ts', 'ALARMS'),
    warnings: remediesOf('src/proxy/journal/proxy-event.ts', 'WARNINGS'),
  };
}

const MADE = '\n<!-- Made from the sources by scripts/reference.js. -->\n';

function errorsPage() {
  const { elements, client, payouts, recipients, stores, upstream, lesspaySignatures, leanxSignatures } = remedies();
  const issueTable = (rows) =>
    table(
      ['code', 'what to do'],
      rows.map(([name, remedy]) => [`<a id="issue-${name}"></a>\`${name}\``, remedy]),
    );
  return `# Errors

Every closed list of codes of this package. What happened while the page or the server ran is in [events.md](events.md).

## Problem codes

A route that fails answers \`application/problem+json\` (RFC 9457): \`{ type, title, status, code, detail, retryable }\`, with \`requestId\`, \`upstreamCode\` and \`errors: [{ path, code }]\` where there is one. \`type\` points into \`GET /lesspay/problems\`, which a running proxy serves. A request may be sent again unchanged where "again" says so.

${table(
  ['code', 'status', 'again', 'what it means', 'what to do'],
  problemCodes().map(({ name, statuses, retryable, means, remedy }) => [
    `<a id="${name}"></a>\`${name}\``,
    statuses.join(', '),
    retryable ? 'yes' : 'no',
    means,
    remedy,
  ]),
)}

## Reasons to refuse a value

\`IssueCode\` of \`lesspay-elements/rules\`: what \`checkX\` and \`parseRecipient\` answer, what a form's \`issues\` and a problem's \`errors\` have. The texts are those that an operator reads in English; forms choose a closer one where the value allows it.

${issueTable(issueCodes().map(({ name, remedy }) => [name, remedy]))}

A form has one more: \`name-not-confirmed\`. ${tableOf('src/locales/en/issues.ts', 'others')['name-not-confirmed']}

## What is accepted, but worth a look

\`code\` of \`recipientWarnings\`:

${remedyTable('code', recipients)}

## What else \`errors\` can name

${issueTable(requestIssues().map(({ name, remedy }) => [name, remedy]))}

## Errors of the elements

\`code\` of \`lesspay-error\`: a problem code, one of the client's below, or

${remedyTable('code', elements)}

## Errors of the client

\`code\` of \`ProxyError\`, which \`createPayin\`, \`createPayouts\` and the other functions of \`lesspay-elements\` throw: a problem code, or

${remedyTable('code', client)}

\`outcome\` says whether it may have happened: after \`unknown\` ask before anything else.

## Why a payout failed

\`failure\` of each of \`details\`:

${remedyTable('failure', payouts)}

## Store errors

\`code\` of \`StoreError\`:

${remedyTable('code', stores)}

## Failed calls to the upstreams

\`kind\` of \`UpstreamError\`, and \`failure\` of the event \`upstream-call\`:

${remedyTable('kind', upstream)}

## Signatures of Lesspay

\`reason\` of \`verifyLesspay\`:

${remedyTable('reason', lesspaySignatures)}

## Signatures of LeanX

\`reason\` of \`verifyLeanxCallback\`:

${remedyTable('reason', leanxSignatures)}
${MADE}`;
}

/** The classes of the elements' events, and where they are. */
const EVENT_CLASSES = {
  LesspayErrorEvent: 'src/elements/events.ts',
  LesspayRedirectEvent: 'src/elements/events.ts',
  LesspayStatusEvent: 'src/elements/events.ts',
  LesspaySettledEvent: 'src/elements/events.ts',
  LesspayRecipientChangeEvent: 'src/elements/recipient-events.ts',
  LesspaySubmittedEvent: 'src/elements/recipient-events.ts',
  LesspayBankChangeEvent: 'src/elements/lesspay-bank-picker.ts',
  LesspayBatchUpdateEvent: 'src/elements/batch-events.ts',
  LesspayBatchSubmittedEvent: 'src/elements/batch-events.ts',
  LesspayPayoutStatusEvent: 'src/elements/payout-status-events.ts',
  LesspayPayoutSettledEvent: 'src/elements/payout-status-events.ts',
};

const FACTS = [
  ['request', 'RequestFact'],
  ['upstream-call', 'UpstreamFact'],
  ['webhook', 'WebhookFact'],
  ['hook', 'HookFact'],
  ['reconcile', 'ReconcileFact'],
  ['limited', 'LimitedFact'],
  ['unknown-outcome', 'UnknownOutcomeFact'],
  ['alarm', 'Concern'],
];

function elementEvents(elements) {
  const classes = new Map();
  for (const { tagName, events = [] } of elements) {
    for (const { name, type, description } of events) {
      const entry = classes.get(type.text) ?? { name, of: [] };
      entry.of.push([tagName, description]);
      classes.set(type.text, entry);
    }
  }
  return [...classes]
    .map(([className, { name, of }]) => {
      const file = EVENT_CLASSES[className];
      if (file === undefined) throw new Error(`scripts/reference.js does not know where ${className} is.`);
      return `### \`${name}\` (\`${className}\`)

${of.map(([tag, description]) => `- \`<${tag}>\`: ${description}`).join('\n')}

${memberTable(membersOf(file, className))}
`;
    })
    .join('\n');
}

function eventsPage(elements) {
  const { alarms, warnings } = remedies();
  const facts = FACTS.map(([type, name]) => {
    const members = membersOf('src/proxy/journal/proxy-event.ts', name).filter((member) => member.name !== 'type');
    const own =
      name === 'ReconcileFact' ? [...membersOf('src/proxy/reconcile.ts', 'ReconcileReport'), ...members] : members;
    return `### \`${type}\`${type === 'alarm' ? ' and `warning`' : ''}

${saidOf(declarationOf('src/proxy/journal/proxy-event.ts', name))}${type === 'alarm' ? ' `name` is one of those below.' : ''}

${memberTable(own)}
`;
  });
  return `# Events

What the elements, the proxy's hooks and \`observe\` tell. When each comes and what to do about it: [webhooks](../../docs/webhooks.md) and [observability](../../docs/observability.md).

## Events of the elements

They bubble and are composed; each is a class with its members as fields, and \`addEventListener\` is typed.

${elementEvents(elements)}
## \`onPayin\`

${saidOf(declarationOf('src/proxy/merchant/events.ts', 'PayinEventType'))}

\`type\` is one of ${wordsOf('src/proxy/merchant/events.ts', 'PayinEventType')
    .map(({ name }) => `\`${name}\``)
    .join(', ')}.

${memberTable(membersOf('src/proxy/merchant/events.ts', 'PayinEvent'))}

## \`onPayout\`

${saidOf(declarationOf('src/proxy/merchant/events.ts', 'PayoutEventType'))}

\`type\` is one of ${wordsOf('src/proxy/merchant/events.ts', 'PayoutEventType')
    .map(({ name }) => `\`${name}\``)
    .join(', ')}.

${memberTable(membersOf('src/proxy/merchant/events.ts', 'PayoutEvent'))}

Each of \`details\`:

${memberTable(membersOf('src/protocol/messages.ts', 'PayoutDetail'))}

## \`observe\`

${saidOf(declarationOf('src/proxy/journal/proxy-event.ts', 'ProxyEvent'))} Every event has \`type\`, \`at\` and \`level\` (\`info\`, \`warn\`, \`error\`).

${facts.join('\n')}
## Alarms

${remedyTable('name', alarms)}

## Warnings

${remedyTable('name', warnings)}
${MADE}`;
}

/** An element's entries of one kind, or nothing where it has none. */
function section(title, heads, rows) {
  return rows.length === 0 ? '' : `### ${title}\n\n${table(heads, rows)}\n\n`;
}

function elementSection({ tagName, description, attributes = [], members = [], ...more }) {
  const fields = members.filter(({ kind, static: isStatic }) => kind === 'field' && !isStatic);
  const methods = members.filter(({ kind, static: isStatic }) => kind === 'method' && !isStatic);
  const { events = [], slots = [], cssParts = [], cssProperties = [], cssStates = [] } = more;
  const plain = (entries, write = code) => entries.map((entry) => [write(entry.name), entry.description ?? '']);
  return `## \`<${tagName}>\`

${description.replace(/\n(?!\n)/g, ' ').replace(/ ?\n ?/g, '\n')}

${section(
  'Attributes',
  ['attribute', 'type', 'default', 'what it is'],
  attributes.map((entry) => [
    code(entry.name),
    code(entry.type?.text),
    code(entry.default === "''" ? '' : entry.default),
    entry.description,
  ]),
)}${section(
    'Properties',
    ['property', 'type', 'what it is'],
    fields.map((entry) => [
      code(entry.name),
      code(entry.type?.text),
      `${entry.readonly ? 'Read only. ' : ''}${entry.description}`,
    ]),
  )}${section(
    'Methods',
    ['method', 'what it does'],
    plain(methods, (name) => code(`${name}()`)),
  )}${section(
    'Events',
    ['event', 'class', 'when'],
    events.map((entry) => [code(entry.name), code(entry.type?.text), entry.description]),
  )}${section(
    'Slots',
    ['slot', 'what it is for'],
    plain(slots, (name) => (name ? code(name) : '(default)')),
  )}${section('Parts', ['`::part()`', 'what it is'], plain(cssParts))}${section(
    'States',
    ['`:state()`', 'when'],
    plain(cssStates),
  )}${section(
    'Custom properties',
    ['property', 'default', 'what it is'],
    cssProperties.map((entry) => [code(entry.name), code(entry.default), entry.description]),
  )}`;
}

/** The elements of a manifest. */
const elementsOf = (manifest) =>
  manifest.modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ tagName }) => tagName)
    .sort((a, b) => (a.tagName < b.tagName ? -1 : 1));

function elementsPage(elements) {
  return `# Elements

Every attribute, property, method, event, slot, part, state and custom property. The fields of the events: [events.md](events.md). Colours without a default are in the table of [themes](../../docs/themes.md).

${elements.map(elementSection).join('').trimEnd()}
${MADE}`;
}

/** The pages by file name. `manifest` is that of the custom elements. */
export function referencePages(manifest) {
  const elements = elementsOf(manifest);
  return new Map([
    ['elements.md', elementsPage(elements)],
    ['events.md', eventsPage(elements)],
    ['errors.md', errorsPage()],
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const manifest = JSON.parse(readFileSync(join(root, 'dist/custom-elements.json'), 'utf8'));
  mkdirSync(join(root, 'dist/docs'), { recursive: true });
  for (const [file, text] of referencePages(manifest)) writeFileSync(join(root, 'dist/docs', file), text);
}

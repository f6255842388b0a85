import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ALARMS, DEFAULT_LIMITS, type Logger, type Observe, ROUTE_NAMES } from 'lesspay-elements/proxy';
import { pino } from 'pino';
import { createShop } from './fixture.ts';

const page = readFileSync('docs/observability.md', 'utf8');

/** A block of the page, run as the module it is. */
async function moduleOf<T>(name: string): Promise<T> {
  const code = new RegExp(`^\`\`\`js ${name}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1];
  assert.ok(code, `no block ${name}`);
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as T;
}

/** A payment, a notice that is forged, a call that is lost and a hook that fails. */
async function run(options: Parameters<typeof createShop>[0]): Promise<void> {
  const shop = createShop(options);
  const { json } = await shop.post('/payins', { order: 'ORD-1' });
  shop.sandbox.control.settle(String(json.requestId), 'succeeded');
  await shop.sandbox.control.idle();
  shop.sandbox.control.fail({ path: 'pay/create-order', how: '502', times: 2 });
  await shop.post('/payins', { order: 'ORD-2' });
  await shop.post('/webhooks/lesspay/payin', '{}');
  await shop.proxy.reconcile();
}

/** A meter and a tracer of OpenTelemetry's shape that remember. */
function standIn() {
  const measured: { name: string; value: number; labels: Record<string, unknown> }[] = [];
  const spans: { name: string; from: number; until?: number; attributes: Record<string, unknown>; status?: unknown }[] =
    [];
  const instrument = (name: string) => {
    const measure = (value: number, labels: Record<string, unknown>): void => {
      measured.push({ name, value, labels });
    };
    return { record: measure, add: measure };
  };
  return {
    measured,
    spans,
    meter: { createHistogram: instrument, createCounter: instrument },
    tracer: {
      startSpan(name: string, { startTime }: { startTime: number }) {
        const span: (typeof spans)[number] = { name, from: startTime, attributes: {} };
        spans.push(span);
        return {
          setAttribute: (key: string, value: unknown) => void (span.attributes[key] = value),
          setStatus: (status: unknown) => void (span.status = status),
          end: (time: number) => void (span.until = time),
        };
      },
    },
  };
}

describe('docs/observability.md', () => {
  it('writes events and warnings to pino, each once', async () => {
    const { pinoOptions } = await moduleOf<{
      pinoOptions: (log: pino.Logger) => { logger: Logger; observe: Observe };
    }>('pino');
    const lines: Record<string, unknown>[] = [];
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line) as never) });
    await run({ options: pinoOptions(log) });
    const told = lines.map(({ msg, level }) => `${String(msg)} ${String(level)}`);
    for (const expected of ['request 30', 'upstream-call 30', 'webhook 30', 'webhook 40', 'hook 30', 'reconcile 30']) {
      assert.ok(told.includes(expected), `${expected} in ${told.join(', ')}`);
    }
    assert.equal(told.filter((line) => line === 'payin-outcome-unknown 40').length, 1);
    const paid = lines.find(({ msg, route }) => msg === 'request' && route === 'create-payin');
    assert.equal(paid?.status, 201);
  });

  it('measures and traces by OpenTelemetry, with no label that grows with the payments', async () => {
    const { createObserver } = await moduleOf<{ createObserver: (meter: unknown, tracer: unknown) => Observe }>(
      'opentelemetry',
    );
    const { measured, spans, meter, tracer } = standIn();
    await run({ options: { observe: createObserver(meter, tracer), logger: silent } });
    const names = new Set(measured.map(({ name }) => name));
    for (const name of [
      'lesspay.request.duration',
      'lesspay.upstream.duration',
      'lesspay.upstream.resends',
      'lesspay.hook.duration',
      'lesspay.webhooks',
      'lesspay.reconciled',
      'lesspay.unknown_outcomes',
    ]) {
      assert.ok(names.has(name), name);
    }
    for (const { name, value, labels } of measured) {
      assert.ok(Number.isFinite(value), name);
      for (const [label, text] of Object.entries(labels)) {
        assert.ok(['string', 'number'].includes(typeof text), `${name} ${label}`);
        assert.ok(String(text).length < 30, `${name} ${label} ${String(text)}`);
      }
    }
    assert.ok(spans.some(({ name }) => name === 'lesspay create-payin'));
    assert.ok(spans.some(({ name, status }) => name === 'lesspay create-payin' && status !== undefined));
    for (const { name, from, until } of spans) assert.ok(until !== undefined && from <= until, name);
  });

  it('explains every type of event and names only alarms and routes that there are', () => {
    const source = readFileSync('src/proxy/proxy-event.ts', 'utf8');
    const types = [...source.matchAll(/^ {2}type: '([a-z-]+)';$/gm)].map((match) => match[1] ?? '');
    assert.ok(types.length >= 9);
    for (const type of types) assert.ok(page.includes(`| \`${type}\``), type);
    for (const [, cell = ''] of page.matchAll(/^\| `alarm` (`.*?`) +\|/gm)) {
      for (const [, name = ''] of cell.matchAll(/`([a-z-]+)`/g)) assert.ok(new Set<string>(ALARMS).has(name), name);
    }
  });
});

describe('docs/limiter.md', () => {
  it('names every route and its default limit', () => {
    const text = readFileSync('docs/limiter.md', 'utf8');
    for (const route of ROUTE_NAMES) {
      const row = new RegExp(`^\\|.*\`${route}\`.*?\\| +(\\S+) +\\| +(\\S+) +\\|$`, 'm').exec(text);
      const { burst = 'none', perMinute = 'none' } = DEFAULT_LIMITS[route] ?? {};
      assert.deepEqual(row?.slice(1), [String(burst), String(perMinute)], route);
    }
  });
});

const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

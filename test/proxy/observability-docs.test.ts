import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ALARMS, DEFAULT_LIMITS, type Logger, type Observe, ROUTE_NAMES } from 'lesspay-elements/proxy';
import { metrics, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
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

/** OpenTelemetry as an application sets it up, with exporters that remember. */
function startTelemetry() {
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  // Read by hand at the end: the interval is longer than any test.
  const reader = new PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 2 ** 30 });
  const spanExporter = new InMemorySpanExporter();
  const meters = new MeterProvider({ readers: [reader] });
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spanExporter)] });
  metrics.setGlobalMeterProvider(meters);
  trace.setGlobalTracerProvider(tracers);
  return {
    async finish() {
      await Promise.all([meters.forceFlush(), tracers.forceFlush()]);
      const told = metricExporter.getMetrics().at(-1)?.scopeMetrics ?? [];
      const spans = spanExporter.getFinishedSpans();
      await Promise.all([meters.shutdown(), tracers.shutdown()]);
      return { metrics: told.flatMap((scope) => scope.metrics), spans };
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
    const telemetry = startTelemetry();
    const observe = createObserver(metrics.getMeter('lesspay'), trace.getTracer('lesspay'));
    await run({ options: { observe, logger: silent } });
    const { metrics: measured, spans } = await telemetry.finish();
    const byName = new Map(measured.map((metric) => [metric.descriptor.name, metric]));
    for (const name of [
      'lesspay.request.duration',
      'lesspay.upstream.duration',
      'lesspay.upstream.resends',
      'lesspay.hook.duration',
      'lesspay.webhooks',
      'lesspay.reconciled',
      'lesspay.unknown_outcomes',
    ]) {
      assert.ok(byName.has(name), name);
    }
    for (const { descriptor, dataPoints } of measured) {
      assert.ok(dataPoints.length > 0, descriptor.name);
      for (const { attributes } of dataPoints) {
        for (const [label, text] of Object.entries(attributes)) {
          assert.ok(['string', 'number'].includes(typeof text), `${descriptor.name} ${label}`);
          assert.ok(String(text).length < 30, `${descriptor.name} ${label} ${String(text)}`);
        }
      }
    }
    const requests = byName.get('lesspay.request.duration');
    assert.ok(requests?.dataPointType === DataPointType.HISTOGRAM);
    assert.equal(requests.descriptor.unit, 's');
    // The example's own bounds, not the defaults, which are for milliseconds.
    assert.deepEqual(requests.dataPoints[0]?.value.buckets.boundaries.slice(-2), [10, 20]);
    const opened = requests.dataPoints.find(({ attributes }) => attributes.status === 201);
    assert.deepEqual(opened?.attributes, { route: 'create-payin', status: 201, code: 'none' });
    const statuses = spans.filter(({ name }) => name === 'POST create-payin').map(({ status }) => status.code);
    assert.deepEqual(statuses, [SpanStatusCode.UNSET, SpanStatusCode.ERROR]);
    assert.ok(
      spans.some(({ name }) => name === 'lesspay create-payin'),
      'the call to the platform',
    );
    for (const { name, ended, duration, attributes } of spans) {
      assert.ok(ended && duration[0] >= 0 && duration[1] >= 0, name);
      assert.ok(
        Object.keys(attributes).every((key) => key.startsWith('lesspay.')),
        name,
      );
    }
  });

  it('explains every type of event and names only alarms and routes that there are', () => {
    const source = readFileSync('src/proxy/journal/proxy-event.ts', 'utf8');
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

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkCallbackUrl, checkCheckoutUrl } from 'lesspay-elements/rules';

const HOSTS = ['pay.lesspay.example', '*.checkout.example'];

/** Text that parsers disagree about, glued together at random. */
const hostile = fc
  .array(
    fc.constantFrom(
      'https:',
      'http:',
      'HTTPS:',
      'blob:',
      '//',
      '/',
      '\\',
      'pay.lesspay.example',
      'x.checkout.example',
      'evil.example',
      'localhost',
      '127.0.0.1',
      '0x7f.1',
      '[::1]',
      '@',
      ':443',
      ':8443',
      ':',
      '?',
      '#',
      '.',
      '..',
      '%2e',
      '%00',
      '%',
      '\t',
      '\n',
      ' ',
      'ｐay',
      '。',
      'a=b&c',
      "'",
      '"',
      '{',
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/** The one difference allowed between text and what the parser makes of it. */
function asParsed(text: string): string {
  const [, scheme = '', authority = '', rest = ''] = /^([^:]+):\/\/([^/?#]*)(.*)$/s.exec(text) ?? [];
  const host = authority.toLowerCase().replace(scheme.toLowerCase() === 'https' ? /:443$/ : /:80$/, '');
  return `${scheme.toLowerCase()}://${host}${rest.startsWith('/') ? rest : `/${rest}`}`;
}

describe('checkCheckoutUrl', () => {
  it('accepts nothing that leads a browser to another host', () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          hostile,
          hostile.map((rest) => `https://pay.lesspay.example${rest}`),
        ),
        (value) => {
          if (checkCheckoutUrl(value, HOSTS) !== undefined) return;
          accepted += 1;
          const url = new URL(value);
          assert.equal(url.protocol, 'https:');
          assert.equal(url.username + url.password + url.port, '');
          assert.ok(url.hostname === 'pay.lesspay.example' || url.hostname.endsWith('.checkout.example'), url.hostname);
          assert.equal(url.href, asParsed(value));
        },
      ),
      { numRuns: 20_000 },
    );
    assert.ok(accepted > 100, 'the property must have been put to the test');
  });

  it('takes an entry for exactly one host and a starred one for every host below it', () => {
    assert.equal(checkCheckoutUrl('https://a.b.checkout.example/c', HOSTS), undefined);
    assert.equal(checkCheckoutUrl('https://checkout.example/c', HOSTS), 'url-not-allowed');
    assert.equal(checkCheckoutUrl('https://evilcheckout.example/c', HOSTS), 'url-not-allowed');
    assert.equal(checkCheckoutUrl('https://www.pay.lesspay.example/c', HOSTS), 'url-not-allowed');
    assert.equal(checkCheckoutUrl('https://pay.lesspay.example/c', ['PAY.LESSPAY.EXAMPLE']), undefined);
    assert.equal(checkCheckoutUrl('https://pay.lesspay.example/c', []), 'url-not-allowed');
    assert.equal(checkCheckoutUrl('https://pay.lesspay.example/c', ['*.', '*', '']), 'url-not-allowed');
  });

  const refused: [string, string][] = [
    ['https:pay.lesspay.example', 'url-format'],
    ['https:/pay.lesspay.example/', 'url-format'],
    ['https:///pay.lesspay.example/', 'url-format'],
    ['https:\\\\pay.lesspay.example\\', 'url-format'],
    ['\thttps://pay.lesspay.example/', 'url-format'],
    ['https://pay.les\nspay.example/', 'url-host'],
    ['blob:https://pay.lesspay.example/uuid', 'url-scheme'],
    ['javascript:alert(1)//https://pay.lesspay.example/', 'url-scheme'],
    ['http://pay.lesspay.example/', 'url-scheme'],
    ['https://user@pay.lesspay.example/', 'url-credentials'],
    ['https://pay.lesspay.example:8443/', 'url-port'],
    ['https://pay.lesspay.example:/', 'url-port'],
    ['https://pay.lesspay.example:0443/', 'url-port'],
    ['https://pay.lesspay.example./', 'url-host'],
    ['https://рay.lesspay.example/', 'url-host'],
    ['https://pay%2elesspay.example/', 'url-host'],
    ['https://pay.lesspay.example/%2e%2e/evil', 'url-format'],
    ['https://pay.lesspay.example/a b', 'url-format'],
    ['', 'required'],
  ];
  for (const [value, code] of refused) {
    it(`refuses ${JSON.stringify(value)} as ${code}`, () => assert.equal(checkCheckoutUrl(value, HOSTS), code));
  }

  it('refuses whatever is not text, and a list that is not a list', () => {
    for (const value of [null, undefined, 1, {}, new URL('https://pay.lesspay.example/')]) {
      assert.equal(checkCheckoutUrl(value, HOSTS), 'wrong-type');
    }
    const notAList = 'pay.lesspay.example' as unknown as string[];
    assert.equal(checkCheckoutUrl('https://pay.lesspay.example/', notAList), 'url-not-allowed');
  });
});

describe('checkCallbackUrl', () => {
  it('accepts only what every parser reads as written', () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          hostile,
          fc.webUrl({ withQueryParameters: true }),
          hostile.map((rest) => `https://shop.example${rest}`),
        ),
        (value) => {
          if (checkCallbackUrl(value, { allowHttp: true }) !== undefined) return;
          accepted += 1;
          const url = new URL(value);
          assert.equal(url.href, asParsed(value));
          assert.equal(url.hash + url.username + url.password, '');
          assert.doesNotMatch(url.hostname, /^[\d.]+$|^\[|(?:^|\.)localhost$/);
        },
      ),
      { numRuns: 20_000 },
    );
    assert.ok(accepted > 100, 'the property must have been put to the test');
  });

  const accepted = [
    'https://shop.example/hook',
    'https://shop.example',
    'https://shop.example:8443/lesspay/webhooks?tenant=1',
    'https://xn--shp-sna.example/hook',
    'https://a.b.c.shop.co.id/hook/',
  ];
  for (const value of accepted) it(`accepts ${value}`, () => assert.equal(checkCallbackUrl(value), undefined));

  const refused: [string, string][] = [
    ['http://shop.example/hook', 'url-scheme'],
    ['ftp://shop.example/hook', 'url-scheme'],
    ['//shop.example/hook', 'url-format'],
    ['https:shop.example/hook', 'url-format'],
    ['https://shop.example/hook#', 'url-fragment'],
    ['https://:pass@shop.example/hook', 'url-credentials'],
    ['https://localhost/hook', 'url-host'],
    ['https://api.localhost/hook', 'url-host'],
    ['https://shop/hook', 'url-host'],
    ['https://printer.local/hook', 'url-host'],
    ['https://metadata.google.internal/', 'url-host'],
    ['https://10-0-0-1.sslip.io/hook', 'url-host'],
    ['https://8.8.8.8/hook', 'url-host'],
    ['https://127.1/hook', 'url-host'],
    ['https://0x7f000001/hook', 'url-host'],
    ['https://0x7f.0.0.0x1/hook', 'url-host'],
    ['https://2130706433/hook', 'url-host'],
    ['https://017700000001/hook', 'url-host'],
    ['https://[fd00::1]/hook', 'url-host'],
    ['https://[::ffff:10.0.0.1]/hook', 'url-host'],
    ['https://shop.example./hook', 'url-host'],
    ['https://.shop.example/hook', 'url-host'],
    ['https://shop_1.example/hook', 'url-host'],
    ['https://-shop.example/hook', 'url-host'],
    ['https://shöp.example/hook', 'url-host'],
    ['https://shop。example/hook', 'url-host'],
    ['https://shop.example:0/hook', 'url-port'],
    ['https://shop.example:65536/hook', 'url-port'],
    ['https://shop.example/hook?x=\u0007', 'url-format'],
    ['https://shop.example/hook?x=\u202e', 'url-format'],
    ['https://shop.example/hook?x=%4', 'url-format'],
    [`https://shop.example/${'a'.repeat(235)}`, 'text-too-long'],
  ];
  for (const [value, code] of refused) {
    it(`refuses ${JSON.stringify(value.slice(0, 60))} as ${code}`, () => assert.equal(checkCallbackUrl(value), code));
  }

  it('takes plain http only where that is allowed', () => {
    assert.equal(checkCallbackUrl('http://shop.example/hook', { allowHttp: true }), undefined);
    assert.equal(checkCallbackUrl('http://localhost/hook', { allowHttp: true }), 'url-host');
  });
});

import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  clientAddress,
  clientKey,
  isInNetwork,
  isPrivate,
  parseAddress,
  parseNetwork,
} from '../../src/proxy/limiter/remote-address.ts';

const keyOf = (text: string): string | undefined => {
  const bytes = parseAddress(text);
  return bytes && clientKey(bytes);
};

describe('parseAddress', () => {
  it('reads what sockets and proxies write', () => {
    for (const [text, key] of [
      ['203.0.113.7', '203.0.113.7'],
      ['203.0.113.7:443', '203.0.113.7'],
      ['::ffff:203.0.113.7', '203.0.113.7'],
      ['::ffff:cb00:7107', '203.0.113.7'],
      ['[::ffff:203.0.113.7]:80', '203.0.113.7'],
      ['2001:db8::1', '20010db800000000'],
      ['[2001:DB8::1]:8443', '20010db800000000'],
      ['2001:db8:0:0:1:2:3:4', '20010db800000000'],
      ['fe80::1%eth0', 'fe80000000000000'],
      ['::', '0000000000000000'],
      ['1::', '0001000000000000'],
    ] as const) {
      assert.equal(keyOf(text), key, text);
    }
  });

  it('refuses what is no address', () => {
    for (const text of [
      '',
      'unknown',
      '_hidden',
      '1.2.3',
      '1.2.3.256',
      '01.2.3.4',
      '1.2.3.4.5',
      ':::',
      '1::2::3',
      '1:2:3',
      '1:2:3:4:5:6:7:8:9',
      '1:2:3:4:5:6:7::8:9',
      'g::1',
      '12345::',
      '::1.2.3',
      '[::1',
      'x'.repeat(1000),
    ]) {
      assert.equal(parseAddress(text), undefined, text);
    }
  });

  it('agrees with Node about every address and every text', () => {
    fc.assert(fc.property(fc.ipV4(), (text) => parseAddress(text)?.length === 4));
    fc.assert(fc.property(fc.ipV6(), (text) => parseAddress(text) !== undefined));
    const junk = fc.stringMatching(/^[0-9a-f:.]{0,20}$/);
    fc.assert(
      fc.property(junk, (text) => /^[\d.]+:\d+$/.test(text) || isIP(text) > 0 === (parseAddress(text) !== undefined)),
    );
  });
});

describe('a network', () => {
  it('holds its addresses and no others', () => {
    for (const [network, inside, outside] of [
      ['10.0.0.0/8', '10.255.0.1', '11.0.0.0'],
      ['172.16.0.0/12', '172.31.255.255', '172.32.0.0'],
      ['203.0.113.7', '203.0.113.7', '203.0.113.8'],
      ['0.0.0.0/0', '1.2.3.4', '::1'],
      ['2001:db8::/33', '2001:db8:7fff::1', '2001:db8:8000::1'],
    ] as const) {
      const parsed = parseNetwork(network);
      assert.ok(parsed, network);
      assert.equal(isInNetwork(parseAddress(inside)!, parsed), true, inside);
      assert.equal(isInNetwork(parseAddress(outside)!, parsed), false, outside);
    }
    for (const text of ['10.0.0.0/', '10.0.0.0/33', '10.0.0.0/8/8', '::/129', 'all']) {
      assert.equal(parseNetwork(text), undefined, text);
    }
  });

  it('is private where it is not on the internet', () => {
    for (const text of ['10.1.1.1', '192.168.1.1', '127.0.0.1', '::1', 'fd00::1', '100.64.0.1']) {
      assert.ok(isPrivate(parseAddress(text)!), text);
    }
    for (const text of ['203.0.113.7', '2001:db8::1', '172.32.0.1']) assert.ok(!isPrivate(parseAddress(text)!), text);
  });
});

describe('clientAddress', () => {
  const of = (...args: Parameters<typeof clientAddress>) => {
    const address = clientAddress(...args);
    return address && clientKey(address);
  };
  const inside = [parseNetwork('10.0.0.0/8')!];

  it('believes nobody by default', () => {
    assert.equal(of('203.0.113.7', '198.51.100.1', 0), '203.0.113.7');
    assert.equal(of('203.0.113.7', '198.51.100.1', []), '203.0.113.7');
  });

  it('counts proxies from the end, and stops where the list does', () => {
    assert.equal(of('10.0.0.1', '198.51.100.1, 203.0.113.7', 1), '203.0.113.7');
    assert.equal(of('10.0.0.1', '198.51.100.1, 203.0.113.7, 10.0.0.2', 2), '203.0.113.7');
    assert.equal(of('10.0.0.1', '203.0.113.7', 5), '203.0.113.7');
    assert.equal(of(undefined, '203.0.113.7', 1), '203.0.113.7');
    assert.equal(of(undefined, '203.0.113.7', inside), undefined);
    assert.equal(of('10.0.0.1', '198.51.100.1, 203.0.113.7, 10.0.0.2', inside), '203.0.113.7');
    assert.equal(of('10.0.0.1', '10.0.0.3', inside), '10.0.0.3');
  });

  it('takes the nearest address for an entry that is none', () => {
    assert.equal(of('10.0.0.1', 'unknown', 1), '10.0.0.1');
    assert.equal(of('10.0.0.1', '203.0.113.7, , ,', 1), '203.0.113.7');
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lesspayCode } from '../../src/lesspay/codes.ts';

describe('lesspayCode', () => {
  it('knows the field that each code of the channel is about, to the ends of its range', () => {
    for (const [codes, field] of [
      [['3900', '3907'], 'iban'],
      [['3910', '3912'], 'bic'],
      [['20036'], 'holderName'],
      [['20298'], 'amount'],
      [['20300'], 'depositKeyType'],
      [['20150', '20160', '20320', '20326', '20361'], undefined],
    ] as const) {
      for (const code of codes) {
        const known = lesspayCode(code);
        assert.equal(known?.outcome, 'refused', code);
        assert.equal(known.field, field, code);
      }
    }
  });

  it('takes what is not published for unknown, whatever it looks like', () => {
    for (const code of [
      '3899',
      '3908',
      '3913',
      '20149',
      '20161',
      '20327',
      '30012',
      '03900',
      '3900.0',
      'toString',
      '',
    ]) {
      assert.equal(lesspayCode(code), undefined, code);
    }
  });
});

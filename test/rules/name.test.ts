import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkName, checkText, normalizeName, normalizeText } from 'lesspay-elements/rules';

describe('checkName', () => {
  const people = [
    'Suharto',
    'Juan dela Cruz',
    "Sinéad O'Connor",
    'Sinéad O’Connor',
    "'t Hooft",
    'José',
    'Jose\u0301',
    'Nguyễn Văn Ánh',
    'Nguye\u0302\u0303n',
    'Mª Carmen',
    'Łukasz Żółć',
    'İbrahim Yıldız',
    'Kaʻeo',
    'Иван Петров',
    'Ελένη Παπαδοπούλου',
    'محمد علي',
    'מֹשֶׁה כהן',
    'क्षितिज शर्मा',
    'ราตรี น้ำใจ',
    '王小明',
    '山田 タロウ',
    '東京三菱UFJ銀行',
    'ﾔﾏﾀﾞ ﾀﾛｳ',
    '김민수',
    'Иван Smith',
    '𠮷野家',
    'X Æ A-12',
    'Santos & Sons (M) Sdn. Bhd.',
    '7-Eleven',
    'A/S Norsk',
  ];
  for (const name of people) {
    it(`accepts ${name}`, () => {
      assert.equal(checkName(name), undefined);
      assert.equal(checkName(normalizeName(name)), undefined);
      assert.equal(normalizeName(name), name.normalize('NFC'));
    });
  }

  const refused: [string, string][] = [
    ['', 'name-empty'],
    ['   ', 'name-empty'],
    ['\u00a0', 'name-empty'],
    [' John', 'name-characters'],
    ['John ', 'name-characters'],
    ['...', 'name-characters'],
    ['=1+1', 'name-characters'],
    ['+1', 'name-characters'],
    ['-1', 'name-characters'],
    ['@SUM(A1)', 'name-characters'],
    ['John😀', 'name-characters'],
    ['1\uFE0F\u20E3', 'name-characters'],
    ['John\tDoe', 'name-characters'],
    ['John\0', 'name-characters'],
    ['John\u202eeoD', 'name-characters'],
    ['John\u200bDoe', 'name-characters'],
    ['John\u00adDoe', 'name-characters'],
    ['John\u00a0Doe', 'name-characters'],
    ['\u3164', 'name-characters'],
    ['<b>John</b>', 'name-characters'],
    ['{{7*7}}', 'name-characters'],
    ['a\\b', 'name-characters'],
    ['a=b', 'name-characters'],
    ['a_b', 'name-characters'],
    ['\ud800John', 'name-characters'],
    ['\u0301John', 'name-characters'],
    ['Z\u0351\u0363\u0364\u0365\u0366algo', 'name-characters'],
    ['\u{1d409}\u{1d428}\u{1d421}\u{1d427}', 'name-characters'],
    ['ﬁnn', 'name-characters'],
    ['ﷺ', 'name-characters'],
    ['①', 'name-characters'],
    ['Ⅳ', 'name-characters'],
    ['P\u0430ypal', 'name-mixed-script'],
    ['\u0410nna', 'name-mixed-script'],
    ['Ελληνι\u006bά', 'name-mixed-script'],
    ['Ꭺnna', 'name-mixed-script'],
    ['Smith P\u0430ypal', 'name-mixed-script'],
    ['a'.repeat(141), 'name-too-long'],
    ['𠮷'.repeat(141), 'name-too-long'],
    ['a'.repeat(100_000), 'name-too-long'],
  ];
  for (const [name, code] of refused) {
    it(`refuses ${JSON.stringify(name.slice(0, 30))} as ${code}`, () => assert.equal(checkName(name), code));
  }

  it('counts characters, not UTF-16 units', () => {
    assert.equal(checkName('a'.repeat(140)), undefined);
    assert.equal(checkName('𠮷'.repeat(140)), undefined);
  });

  it('accepts nothing that could break a line, hide, or begin a formula', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
        fc.constantFrom('', 'Ana', 'Иван'),
        (odd, name) => {
          const value = name + odd;
          if (checkName(value) !== undefined) return;
          assert.doesNotMatch(value, /^[-=+@]|[<>{}=\\\r\n\t]/);
          assert.doesNotMatch(value.replaceAll(' ', ''), /[\p{Cc}\p{Cf}\p{Cs}\p{S}\p{Z}]/u);
          assert.equal(checkName(normalizeName(value)), undefined, 'a wire name survives its own normalizer');
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('normalizeName', () => {
  const typed: [string, string][] = [
    ['  Juan   dela\tCruz ', 'Juan dela Cruz'],
    ['O‘Brien', "O'Brien"],
    ['O`Brien', "O'Brien"],
    ['Müller–Lüdenscheidt', 'Müller-Lüdenscheidt'],
    ['\ufeffJohn\u200b Doe', 'John Doe'],
    ['Jose\u0301', 'José'],
    ['John\u00a0Doe', 'John Doe'],
  ];
  for (const [text, name] of typed) {
    it(`writes ${JSON.stringify(text)} as ${name}`, () => {
      assert.equal(normalizeName(text), name);
      assert.equal(checkName(name), undefined);
    });
  }
});

describe('checkText', () => {
  it("takes a bank's name, a street and a reference", () => {
    for (const text of [
      'Hong Kong and Shanghai Banking Corp.',
      '12/3 Jalan Ampang #04-05',
      'J.P. Morgan',
      'Invoice: 1042',
      '招商银行',
    ]) {
      assert.equal(checkText(text), undefined, text);
      assert.equal(normalizeText(`  ${text} `), text);
    }
  });

  it('refuses markup, formulas, line breaks and what frames the signed text', () => {
    for (const text of ['<b>', '=1', '+1', '@x', 'a\nb', 'a=b', 'a\u202eb', ' a', 'a ', '"x"']) {
      assert.equal(checkText(text), 'text-characters', text);
    }
    assert.equal(checkText(''), 'required');
    assert.equal(checkText('a'.repeat(141)), 'text-too-long');
    assert.equal(checkText('ab', 1), 'text-too-long');
  });
});

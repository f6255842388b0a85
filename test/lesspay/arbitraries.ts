import fc from 'fast-check';

/** Strings of one hash: `Aa` and `BB` hash alike in Java, and so do their combinations. */
const collidingName = fc
  .array(fc.constantFrom('Aa', 'BB'), { minLength: 2, maxLength: 5 })
  .map((parts) => parts.join(''));

/** 81 strings of one hash. */
const collidingLong = fc
  .array(fc.constantFrom('Aa', 'BB', 'C#'), { minLength: 4, maxLength: 4 })
  .map((parts) => parts.join(''));

/** Names as the vendor's bodies have them. */
const plainName = fc.constantFrom(
  ...['amount', 'mch_order_id', 'bank_account_no', 'bank_account_name', 'bank_country_code', 'bank_swift_code'],
  ...['e_wallet', 'provider', 'deposit_key', 'status', 'audit_state', 'success_time', 'channel_order_no', 'details'],
);

const name = fc.oneof(
  { weight: 4, arbitrary: plainName },
  { weight: 3, arbitrary: collidingName },
  { weight: 2, arbitrary: fc.nat(40).map(String) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 4 }) },
);

/** Text with the characters that JSON, Java and the string to sign treat specially. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...['a', 'Z', '0', '"', '\\', '/', '&', '=', '{', '}', '[', '<', ' ', 'é', 'ヤ', '😀']),
    fc.constantFrom(
      ...['\b', '\n', '\t', '\f', '\r', '\u0001', '\u000b', '\u001f', '\u007f', '\u0085', '\u009f', '\u00a0'],
    ),
    fc.constantFrom(...['\u2027', '\u2028', '\u2029', '\u202a']),
  ),
  maxLength: 6,
});

const number = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom(...['-0', '-0.0', '100.00', '0.10', '1e3', '1E+3', '1.50e2', '1E-7', '0.0000001', '0.000001', '0e0']),
  fc.constantFrom(
    ...['12345678901234567890', '1e400', '-9.99e-7', '100e-2', '0.0000000', '123456789.123456789123456789'],
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
);

const scalar = fc.oneof(
  fc.constantFrom('null', 'true', 'false', '""'),
  number,
  text.map((value) => JSON.stringify(value)),
);

function object(value: fc.Arbitrary<string>, maxKeys: number): fc.Arbitrary<string> {
  return fc
    .uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: maxKeys, size: 'max' })
    .map((members) => `{${members.map(([key, member]) => `${JSON.stringify(key)}:${member}`).join(',')}}`);
}

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 4, arbitrary: scalar },
    { weight: 2, arbitrary: object(tie('value'), 6) },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`) },
    // More than 12 and more than 24 members make a HashMap grow.
    { weight: 1, arbitrary: object(scalar, 40) },
  ),
}));

/** JSON texts of objects. */
export const jsonObjectText = object(value, 8);

/** Objects of one array whose names nearly all share a bucket, so that it becomes a tree. */
export const crowdedArrayText = object(scalar, 60).chain((outer) =>
  fc
    .uniqueArray(fc.tuple(fc.oneof({ weight: 9, arbitrary: collidingLong }, { weight: 1, arbitrary: name }), scalar), {
      selector: ([key]) => key,
      maxLength: 60,
      size: 'max',
    })
    .map(
      (members) =>
        `{"x":[${outer},{${members.map(([key, member]) => `${JSON.stringify(key)}:${member}`).join(',')}}],"o":{"x":[${outer}]}}`,
    ),
);

/** A list of objects with the same names, as the details of a batch are; null, empty or missing members here and there. */
export const batchText = fc
  .uniqueArray(name, { minLength: 1, maxLength: 30, size: 'max' })
  .chain((names) =>
    fc.array(fc.tuple(...names.map((key) => fc.tuple(fc.constant(key), fc.option(scalar, { freq: 12 })))), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map((details) => {
    const objects = details.map(
      (members) =>
        `{${members.flatMap(([key, member]) => (member === null ? [] : [`${JSON.stringify(key)}:${member}`])).join(',')}}`,
    );
    return `{"details":[${objects.join(',')}],"nested":{"details":[${objects.join(',')}]}}`;
  });

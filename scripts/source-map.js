/**
 * Source maps (ECMA-426) of texts that are edited by place: where a piece of the result stood before. What the bundler
 * and the minifier do between the edits, they map themselves.
 */

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function vlq(number) {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1;
  let text = '';
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += BASE64[rest > 0 ? digit | 32 : digit];
  } while (rest > 0);
  return text;
}

function numbers(segment) {
  const found = [];
  let number = 0;
  let shift = 0;
  for (const letter of segment) {
    const digit = BASE64.indexOf(letter);
    number |= (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    found.push(number & 1 ? -(number >>> 1) : number >>> 1);
    number = 0;
    shift = 0;
  }
  return found;
}

/** The segments of each line, `[column, source, line, column, name]` with the last four where there are any. */
export function decodeMappings(mappings) {
  const last = [0, 0, 0, 0, 0];
  return mappings.split(';').map((line) => {
    last[0] = 0;
    return line
      .split(',')
      .filter(Boolean)
      .map((segment) => numbers(segment).map((difference, field) => (last[field] += difference)));
  });
}

/** The reverse of `decodeMappings`. */
export function encodeMappings(lines) {
  const last = [0, 0, 0, 0, 0];
  return lines
    .map((segments) => {
      last[0] = 0;
      return segments
        .map((segment) =>
          segment
            .map((value, field) => {
              const difference = value - last[field];
              last[field] = value;
              return vlq(difference);
            })
            .join(''),
        )
        .join(',');
    })
    .join(';');
}

/** Replaces pieces of a text, given in order: `{ from, to, text }`. */
export function applyEdits(code, edits) {
  let result = '';
  let done = 0;
  for (const { from, to, text } of edits) {
    result += code.slice(done, from) + text;
    done = to;
  }
  return result + code.slice(done);
}

/** A text with edits, and the map from the result to it: one segment for each word and sign that stayed. */
export function editWithMap(code, edits, source) {
  const starts = [0, ...[...code.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const lines = [[]];
  let before = 0;
  let column = 0;
  /** Says that what comes next in the result stood at this place. */
  const mark = (place) => {
    while (before + 1 < starts.length && starts[before + 1] <= place) before += 1;
    lines.at(-1).push([column, 0, before, place - starts[before]]);
  };
  const write = (text) => {
    const breaks = text.split('\n');
    for (let more = 1; more < breaks.length; more += 1) lines.push([]);
    column = breaks.length > 1 ? breaks.at(-1).length : column + text.length;
  };
  const keep = (from, to) => {
    for (const { 0: word, index } of code.slice(from, to).matchAll(/\w+|\n|[^\w\n]/g)) {
      if (word !== '\n') mark(from + index);
      write(word);
    }
  };
  let done = 0;
  for (const { from, to, text } of edits) {
    keep(done, from);
    mark(from);
    write(text);
    done = to;
  }
  keep(done, code.length);
  return {
    code: applyEdits(code, edits),
    map: { version: 3, sources: [source], names: [], mappings: encodeMappings(lines) },
  };
}

/** A text with decoded mappings, edited within its lines: the result, and its mappings with the columns that moved. */
export function editLines(code, lines, edits) {
  let line = 0;
  let lineStart = 0;
  const moves = edits.map(({ from, to, text }) => {
    for (let next; (next = code.indexOf('\n', lineStart)) !== -1 && next < from; lineStart = next + 1) line += 1;
    return { line, start: from - lineStart, end: to - lineStart, by: text.length - (to - from) };
  });
  const moved = lines.map((segments, number) => {
    const own = moves.filter((move) => move.line === number);
    if (own.length === 0) return segments;
    let next = 0;
    let by = 0;
    return segments.flatMap(([column, ...rest]) => {
      while (next < own.length && own[next].end <= column) by += own[next++].by;
      // What was taken out is nowhere any more.
      return next < own.length && own[next].start < column ? [] : [[column + by, ...rest]];
    });
  });
  return { code: applyEdits(code, edits), lines: moved };
}

/** A text that has a map, with edits within its lines, and the map of the result. */
export function editMapped(code, map, edits) {
  const { code: edited, lines } = editLines(code, decodeMappings(map.mappings), edits);
  return { code: edited, map: { ...map, mappings: encodeMappings(lines) } };
}

import { Refusal } from './refusal.ts';

interface TextRule {
  /** At most this many characters. */
  max?: number;
  /** The code for a wrong type or form, where it differs from the endpoint's own. */
  code?: number;
}

/** Reads the members of a request body one by one and refuses, with the endpoint's code, what the documentation calls wrong. */
export class Members {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #code: number;
  readonly #path: string;

  constructor(values: Readonly<Record<string, unknown>>, code: number, path = '') {
    this.#values = values;
    this.#code = code;
    this.#path = path;
  }

  refuse(name: string, problem: string, code = this.#code): never {
    throw new Refusal(code, `${this.#path}${name} ${problem}`);
  }

  /** Lesspay docs, Authentication: `null` and `""` are dropped before signing, so they count as absent. */
  raw(name: string): unknown {
    const value = Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
    return value === null || value === '' ? undefined : value;
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined;
  }

  optionalText(name: string, { max = Infinity, code }: TextRule = {}): string | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') return this.refuse(name, 'must be a string', code);
    if (Array.from(value).length > max) return this.refuse(name, `is longer than ${max} characters`, code);
    return value;
  }

  text(name: string, rule: TextRule = {}): string {
    return this.optionalText(name, rule) ?? this.refuse(name, 'is required');
  }

  oneOf<const Value extends string>(name: string, values: readonly Value[], code?: number): Value {
    const value = this.text(name, code === undefined ? {} : { code });
    const known = values.find((candidate) => candidate === value);
    return known ?? this.refuse(name, `must be one of ${values.join(', ')}`, code);
  }

  optionalOneOf<const Value extends string>(name: string, values: readonly Value[], code?: number): Value | undefined {
    return this.has(name) ? this.oneOf(name, values, code) : undefined;
  }

  /** Lesspay docs, Parameter Specifications: URLs are valid http or https; the demo's DTO limits them to 255 characters. */
  url(name: string): string {
    const value = this.text(name, { max: 255 });
    // Only what every parser reads alike: a server in Java does not repair back slashes and blanks as a browser does.
    if (!/^https?:\/\/[^\s\\]+$/.test(value) || !URL.canParse(value)) {
      return this.refuse(name, 'must be an absolute http or https URL');
    }
    return value;
  }

  integer(name: string): number {
    const value = this.raw(name);
    if (value === undefined) return this.refuse(name, 'is required');
    if (typeof value !== 'number' || !Number.isInteger(value)) return this.refuse(name, 'must be an integer');
    return value;
  }

  /** A number that the documentation prints now as a number and now as a string of digits. */
  digits(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
    return this.refuse(name, 'must be a whole number');
  }

  optionalObject(name: string): Members | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'object' || Array.isArray(value)) return this.refuse(name, 'must be an object');
    return new Members(value as Record<string, unknown>, this.#code, `${this.#path}${name}.`);
  }

  object(name: string): Members {
    return this.optionalObject(name) ?? this.refuse(name, 'is required');
  }

  list(name: string): Members[] {
    const value = this.raw(name);
    if (value === undefined) return this.refuse(name, 'is required');
    if (!Array.isArray(value)) return this.refuse(name, 'must be an array');
    if (value.length === 0) return this.refuse(name, 'must not be empty');
    return value.map((item: unknown, index) => {
      if (typeof item !== 'object' || item === null || Array.isArray(item)) {
        return this.refuse(`${name}[${index}]`, 'must be an object');
      }
      return new Members(item as Record<string, unknown>, this.#code, `${this.#path}${name}[${index}].`);
    });
  }
}

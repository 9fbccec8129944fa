/** A start with wrong settings: names and expectations, never values. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(['The configuration is not usable:', ...faults.map((fault) => `  - ${fault}`)].join('\n'));
    this.name = 'ConfigError';
  }
}

/** Reads typed values from the environment and remembers every fault, so that one start tells all of them. */
export class EnvReader {
  private readonly faults: string[] = [];

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  text(name: string, fallback?: string): string {
    const value = this.env[name] || fallback;
    if (value === undefined) this.faults.push(`${name} is missing`);
    return value ?? '';
  }

  optional(name: string): string | undefined {
    return this.env[name] || undefined;
  }

  integer(name: string, fallback: number, min = 0, max = Number.MAX_SAFE_INTEGER): number {
    const raw = this.env[name];
    if (!raw) return fallback;
    const value = Number(raw);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    this.faults.push(`${name} must be a whole number from ${min} to ${max}`);
    return fallback;
  }

  flag(name: string, fallback: boolean): boolean {
    const raw = this.env[name];
    if (!raw) return fallback;
    if (raw === 'true' || raw === 'false') return raw === 'true';
    this.faults.push(`${name} must be true or false`);
    return fallback;
  }

  oneOf<const T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const raw = this.env[name];
    if (!raw) return fallback;
    const found = allowed.find((value) => value === raw);
    if (!found) this.faults.push(`${name} must be one of ${allowed.join(', ')}`);
    return found ?? fallback;
  }

  url(name: string, protocols: readonly string[], fallback?: string): string {
    const value = this.text(name, fallback);
    if (value && !protocols.some((protocol) => value.startsWith(`${protocol}://`))) {
      this.faults.push(
        `${name} must be a URL that starts with ${protocols.map((p) => `${p}://`).join(' or ')}`,
      );
    } else if (value && !isReadable(value)) {
      this.faults.push(`${name} must be a URL; in a password, write / ? # as %2F %3F %23`);
    }
    return value;
  }

  list(name: string): string[] {
    return (this.env[name] ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean);
  }

  fault(text: string): void {
    this.faults.push(text);
  }

  /** Throws ConfigError when anything was wrong. */
  finish(): void {
    if (this.faults.length > 0) throw new ConfigError(this.faults);
  }
}

/** A list of hosts, which MongoDB alone takes, is no URL to anybody else. */
function isReadable(url: string): boolean {
  return url.startsWith('mongodb') || URL.canParse(url);
}

export type Inline =
  /** May hold line breaks, which are shown. */
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong' | 'emphasis' | 'strike'; children: Inline[] }
  /** `href` begins with http:, https: or mailto: and nothing else. */
  | { kind: 'link'; href: string; children: Inline[] };

/** The few places at which something else than text may begin or end. */
const SPECIAL = /`+|\*+|_+|~+|[[\]]|https?:\/\/|mailto:/gi;
const TARGET = /\(([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)\)/y;
const SAFE_TARGET = /^(?:https?:\/\/|mailto:)[^\s/]/i;
/** A Korean particle stands right after the address, without a space; a Korean name in a path follows a mark. */
const ADDRESS = /(?:https?:\/\/|mailto:)(?:[^\s<>"'`[\]가-힣]|(?<![A-Za-z0-9])[가-힣])+/iy;
const AFTER_ADDRESS = '.,:;!?)]}*_~';
const WORD = /[A-Za-z0-9]/;

type Mark = 'strong' | 'emphasis' | 'strike';
const MARKS: Readonly<Record<string, readonly Mark[]>> = {
  '*': ['emphasis'],
  '**': ['strong'],
  '***': ['strong', 'emphasis'],
  _: ['emphasis'],
  '~~': ['strike'],
};

export function parseInlines(text: string): Inline[] {
  return new InlineParser(text).parse();
}

interface Opener {
  kind: Mark | 'link';
  /** The character too: what a star has opened, no underscore closes. */
  sign: string;
  /** Where its own sign stands among the nodes, as text until something closes it. */
  index: number;
}

/**
 * One way through the text. Of each kind of mark at most one is open, the nearest: so nothing nests deeper than
 * there are kinds, and every node is moved a few times at most, whatever the text.
 */
class InlineParser {
  private readonly nodes: Inline[] = [];
  private openers: Opener[] = [];
  private readonly codeEnds: ReadonlyMap<number, number>;
  private at = 0;

  constructor(private readonly text: string) {
    this.codeEnds = pairTicks(text);
  }

  parse(): Inline[] {
    const special = new RegExp(SPECIAL);
    for (let found = special.exec(this.text); found; found = special.exec(this.text)) {
      this.addText(this.text.slice(this.at, found.index));
      this.at = found.index;
      this.take(found[0]);
      special.lastIndex = this.at;
    }
    this.addText(this.text.slice(this.at));
    return joined(this.nodes);
  }

  private take(sign: string): void {
    if (sign.startsWith('`')) this.takeCode(sign);
    else if (sign === '[') this.open({ kind: 'link', sign });
    else if (sign === ']') this.closeLink();
    else if (sign.includes(':')) this.takeAddress(sign);
    else this.takeMark(sign);
  }

  private addText(text: string): void {
    if (text) this.nodes.push({ kind: 'text', text });
  }

  /** The sign stays text. */
  private keep(sign: string): void {
    this.addText(sign);
    this.at += sign.length;
  }

  private takeCode(ticks: string): void {
    const end = this.codeEnds.get(this.at);
    if (end === undefined) return this.keep(ticks);
    this.nodes.push({ kind: 'code', text: this.text.slice(this.at + ticks.length, end) });
    this.at = end + ticks.length;
  }

  private takeAddress(scheme: string): void {
    const href = WORD.test(this.text[this.at - 1] ?? '') ? '' : this.addressHere();
    if (href.length <= scheme.length) return this.keep(scheme);
    this.nodes.push({ kind: 'link', href, children: [{ kind: 'text', text: href }] });
    this.at += href.length;
  }

  private addressHere(): string {
    ADDRESS.lastIndex = this.at;
    return withoutSentence(ADDRESS.exec(this.text)?.[0] ?? '');
  }

  private takeMark(sign: string): void {
    const marks = MARKS[sign];
    const before = this.text[this.at - 1] ?? ' ';
    const after = this.text[this.at + sign.length] ?? ' ';
    if (!marks) return this.keep(sign);
    if (canClose(sign, before, after) && this.areOpen(marks, sign)) this.closeMarks(sign, marks);
    else if (canOpen(sign, before, after)) this.openMarks(sign, marks);
    else this.keep(sign);
  }

  private areOpen(kinds: readonly Mark[], sign: string): boolean {
    return kinds.every((kind) => this.openers.some((one) => one.kind === kind && one.sign === sign[0]));
  }

  private openMarks(sign: string, kinds: readonly Mark[]): void {
    if (kinds.length === 1) return this.open({ kind: kinds[0]!, sign });
    this.open({ kind: 'strong', sign: '**' });
    this.open({ kind: 'emphasis', sign: '*' });
  }

  private open({ kind, sign }: { kind: Opener['kind']; sign: string }): void {
    this.openers = this.openers.filter((one) => one.kind !== kind);
    this.openers.push({ kind, sign: sign[0]!, index: this.nodes.length });
    this.keep(sign);
  }

  private closeMarks(sign: string, kinds: readonly Mark[]): void {
    this.at += sign.length;
    const innermostFirst = this.openers.filter((one) => kinds.includes(one.kind as Mark)).reverse();
    for (const opener of innermostFirst) {
      this.wrap(opener, (children) => ({ kind: opener.kind as Mark, children }));
    }
  }

  private closeLink(): void {
    const opener = this.openers.find((one) => one.kind === 'link');
    TARGET.lastIndex = this.at + 1;
    const target = opener ? TARGET.exec(this.text) : null;
    const href = target?.[1] ?? '';
    const hasLabel = opener !== undefined && opener.index < this.nodes.length - 1;
    if (!opener || !target || !hasLabel || !SAFE_TARGET.test(href)) return this.keep(']');
    this.wrap(opener, (children) => ({ kind: 'link', href, children: withoutLinks(children) }));
    this.at += 1 + target[0].length;
  }

  /** What was opened inside and not closed stays text. */
  private wrap(opener: Opener, make: (children: Inline[]) => Inline): void {
    const [, ...children] = this.nodes.splice(opener.index);
    this.nodes.push(make(joined(children)));
    this.openers = this.openers.slice(0, this.openers.indexOf(opener));
  }
}

/** Between word characters a star multiplies and an underscore belongs to a name. */
function canOpen(sign: string, before: string, after: string): boolean {
  return !isSpace(after) && (sign === '~~' || !WORD.test(before));
}

function canClose(sign: string, before: string, after: string): boolean {
  return !isSpace(before) && (sign === '~~' || !WORD.test(after));
}

function isSpace(character: string): boolean {
  return character.trim() === '';
}

/** For each run of ticks that has an equal after it: where that one begins. Found once, from the end. */
function pairTicks(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const nextOfLength = new Map<number, number>();
  for (const { 0: ticks, index } of [...text.matchAll(/`+/g)].reverse()) {
    const next = nextOfLength.get(ticks.length);
    if (next !== undefined) ends.set(index, next);
    nextOfLength.set(ticks.length, index);
  }
  return ends;
}

/** Marks of the sentence around it; a closing bracket belongs to the address when it was opened there. */
function withoutSentence(address: string): string {
  let excess = count(address, ')') - count(address, '(');
  let end = address.length;
  while (end > 0 && AFTER_ADDRESS.includes(address[end - 1]!)) {
    if (address[end - 1] === ')' && excess-- <= 0) break;
    end -= 1;
  }
  return address.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function withoutLinks(inlines: readonly Inline[]): Inline[] {
  return inlines.flatMap((one) => {
    if (one.kind === 'link') return one.children;
    return 'children' in one ? [{ ...one, children: withoutLinks(one.children) }] : [one];
  });
}

/** Neighbouring texts are one. */
function joined(nodes: readonly Inline[]): Inline[] {
  const result: Inline[] = [];
  let texts: string[] = [];
  const flush = (): void => {
    if (texts.length > 0) result.push({ kind: 'text', text: texts.join('') });
    texts = [];
  };
  for (const node of nodes) {
    if (node.kind === 'text') texts.push(node.text);
    else {
      flush();
      result.push(node);
    }
  }
  flush();
  return result;
}

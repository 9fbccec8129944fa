import { LRUCache } from 'lru-cache';

interface State {
  next: Map<string, State>;
  /** The state of the longest proper ending of this one that also begins a word. */
  fallback: State | null;
  /** Lengths of the words that end here. */
  lengths: number[];
}

/** Signs that nobody sees and that would hide a word. */
const INVISIBLE = /\p{Cf}/gu;
/** Written without spaces, or with endings glued on: there a word may stand anywhere. */
const UNSPACED = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const LETTER = /[\p{L}\p{N}]/u;

const known = new LRUCache<string, BannedWords>({ max: 200 });

/**
 * Looks for all words at once, reading the text a single time however many there are. Case, width and composition
 * of letters do not matter. Where a script sets spaces, only whole words are meant: `class` has no `ass` in it.
 */
export class BannedWords {
  private readonly root: State = { next: new Map(), fallback: null, lengths: [] };

  constructor(words: readonly string[]) {
    for (const word of words.map(normalize)) if (word !== '') this.add(word);
    this.link();
  }

  /** The same list is prepared once. */
  static of(words: readonly string[]): BannedWords {
    const key = JSON.stringify(words);
    const prepared = known.get(key) ?? new BannedWords(words);
    known.set(key, prepared);
    return prepared;
  }

  isIn(original: string): boolean {
    const text = normalize(original);
    let state = this.root;
    for (let index = 0; index < text.length; index++) {
      state = this.step(state, text.charAt(index));
      const end = index + 1;
      if (state.lengths.some((length) => isWhole(text, end - length, end))) return true;
    }
    return false;
  }

  private add(word: string): void {
    let state = this.root;
    for (let index = 0; index < word.length; index++) {
      const character = word.charAt(index);
      const next: State = state.next.get(character) ?? { next: new Map(), fallback: this.root, lengths: [] };
      state.next.set(character, next);
      state = next;
    }
    state.lengths.push(word.length);
  }

  /** Shorter beginnings first: each state's fallback is complete when it is asked for. */
  private link(): void {
    const queue = [...this.root.next.values()];
    for (const state of queue) {
      for (const [character, next] of state.next) {
        next.fallback = this.step(state.fallback ?? this.root, character);
        next.lengths.push(...next.fallback.lengths);
        queue.push(next);
      }
    }
  }

  private step(from: State, character: string): State {
    let state: State | null = from;
    while (state && !state.next.has(character)) state = state.fallback;
    return state?.next.get(character) ?? this.root;
  }
}

function normalize(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

function isWhole(text: string, start: number, end: number): boolean {
  return !isJoined(text[start - 1], text[start]) && !isJoined(text[end - 1], text[end]);
}

function isJoined(left = '', right = ''): boolean {
  return isSpacedLetter(left) && isSpacedLetter(right);
}

function isSpacedLetter(character: string): boolean {
  return LETTER.test(character) && !UNSPACED.test(character);
}

import type { Language, Look } from '../protocol/messages.js';

const TROUBLE: Record<Language, string> = {
  ko: '채팅을 불러오지 못했습니다. 연결을 확인해 주세요. 계속 다시 시도하고 있습니다.',
  en: 'The chat could not be loaded. Please check your connection. We keep trying.',
  ja: 'チャットを読み込めませんでした。接続をご確認ください。再試行を続けています。',
};

/**
 * What stands in `frame.html` before the chat has been loaded. On a phone it covers the page: whoever waits on a slow
 * line, or for what does not come, has to find the way out.
 */
export class Shell {
  constructor(
    onClose: () => void,
    private readonly root: ParentNode = document,
  ) {
    this.find('button')?.addEventListener('click', onClose);
  }

  dress({ title, words }: Look): void {
    const name = this.find('strong');
    if (name) name.textContent = title;
    this.find('button')?.setAttribute('aria-label', words.close);
  }

  tellTrouble(language: Language): void {
    const place = this.find('main');
    if (place) place.textContent = TROUBLE[language];
  }

  remove(): void {
    this.root.querySelector('.shell')?.remove();
  }

  private find(what: string): Element | null {
    return this.root.querySelector(`.shell ${what}`);
  }
}

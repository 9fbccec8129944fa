import type { WidgetSettings } from '@fast-light-chat/sdk';
import { readableOn } from '../protocol/color.js';
import type { Language } from '../protocol/messages.js';
import styles from './loader.css?inline';

const SVG = 'http://www.w3.org/2000/svg';
const CHAT_PATH =
  'M12 3.5c-5 0-9 3.4-9 7.6 0 2.4 1.3 4.5 3.3 5.9l-.6 2.9c-.1.5.4.9.9.7l3.4-1.7c.6.1 1.3.2 2 .2 5 0 9-3.4 9-7.9s-4-7.7-9-7.7Z';
const CLOSE_PATH = 'M6.7 9.2 12 14.5l5.3-5.3';
const LABELS = {
  ko: { open: '채팅 열기', close: '채팅 닫기', unread: (n: string) => `, 읽지 않은 메시지 ${n}개` },
  en: { open: 'Open chat', close: 'Close chat', unread: (n: string) => `, ${n} unread` },
};

/** What the loader puts into the page: one element with a shadow root, holding the button and the frame. */
export class View {
  readonly iframe = document.createElement('iframe');
  private readonly host = document.createElement('div');
  private readonly root = element('div', 'root');
  private readonly panel = element('div', 'panel');
  private readonly button = element('button', 'button');
  private readonly badge = element('span', 'badge');
  private language: Language = 'en';
  private unread = 0;
  private isOpen = false;

  constructor(zIndex: number, onPress: () => void) {
    this.host.id = 'fast-light-chat';
    const shadow = this.host.attachShadow({ mode: 'open' });
    applyStyles(shadow);
    this.root.style.setProperty('--z', String(zIndex));
    this.button.type = 'button';
    this.button.hidden = true;
    this.button.append(icon('icon-chat', CHAT_PATH, true), icon('icon-close', CLOSE_PATH, false), this.badge);
    this.button.addEventListener('click', onPress);
    this.badge.hidden = true;
    this.badge.setAttribute('aria-hidden', 'true');
    this.panel.setAttribute('role', 'dialog');
    this.entitle('Chat');
    this.panel.append(this.iframe);
    this.root.append(this.panel, this.button);
    shadow.append(this.root);
    this.label();
  }

  /** The frame starts to load here. */
  mount(src: string): void {
    this.iframe.src = src;
    // A call from the head comes before there is a body.
    (document.body ?? document.documentElement).append(this.host);
  }

  remove(): void {
    this.host.remove();
  }

  dress(settings: WidgetSettings): void {
    this.root.style.setProperty('--accent', settings.color);
    this.root.style.setProperty('--on-accent', readableOn(settings.color));
    this.root.classList.toggle('left', settings.position === 'left');
    this.entitle(settings.title);
  }

  speak(language: Language): void {
    this.language = language;
    this.label();
  }

  showButton(): void {
    this.button.hidden = false;
  }

  setUnread(unread: number): void {
    this.unread = unread;
    this.badge.hidden = unread === 0;
    this.badge.textContent = unreadText(unread);
    this.label();
  }

  setOpen(isOpen: boolean): void {
    const hadFocus = document.activeElement === this.host;
    this.isOpen = isOpen;
    this.root.classList.toggle('open', isOpen);
    this.label();
    if (isOpen) this.iframe.focus();
    else if (hadFocus && !this.button.hidden) this.button.focus();
  }

  private entitle(title: string): void {
    this.panel.setAttribute('aria-label', title);
    this.iframe.title = title;
  }

  private label(): void {
    const words = LABELS[this.language];
    const unread = this.unread > 0 && !this.isOpen ? words.unread(unreadText(this.unread)) : '';
    this.button.setAttribute('aria-label', (this.isOpen ? words.close : words.open) + unread);
    this.button.setAttribute('aria-expanded', String(this.isOpen));
  }
}

function unreadText(unread: number): string {
  return unread > 99 ? '99+' : String(unread);
}

function element<T extends keyof HTMLElementTagNameMap>(tag: T, className: string): HTMLElementTagNameMap[T] {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

/** Node by node: a page that enforces Trusted Types refuses innerHTML. */
function icon(className: string, path: string, isFilled: boolean): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const shape = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  shape.setAttribute('d', path);
  shape.setAttribute('fill', isFilled ? 'currentColor' : 'none');
  shape.setAttribute('stroke', isFilled ? 'none' : 'currentColor');
  shape.setAttribute('stroke-width', '2.2');
  shape.setAttribute('stroke-linecap', 'round');
  shape.setAttribute('stroke-linejoin', 'round');
  svg.append(shape);
  return svg;
}

/** A constructed sheet passes a strict style-src; a style element is for browsers that have none. */
function applyStyles(shadow: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement('style');
    style.textContent = styles;
    shadow.append(style);
  }
}

import type { LauncherWords, Look } from '../protocol/messages.js';
import styles from './loader.css?inline';

const SVG = 'http://www.w3.org/2000/svg';
const CHAT_PATH =
  'M12 3.5c-5 0-9 3.4-9 7.6 0 2.4 1.3 4.5 3.3 5.9l-.6 2.9c-.1.5.4.9.9.7l3.4-1.7c.6.1 1.3.2 2 .2 5 0 9-3.4 9-7.9s-4-7.7-9-7.7Z';
const CLOSE_PATH = 'M6.7 9.2 12 14.5l5.3-5.3';

export interface View {
  host: HTMLElement;
  /** In the shadow root of the host: what is in it stands out of reach of the page's styles. */
  root: HTMLElement;
  button: HTMLButtonElement;
  dress(look: Look): void;
  setUnread(unread: number): void;
  setOpen(isOpen: boolean): void;
}

/** What the loader puts into the page: one element with a shadow root, for the button and later the panel. */
export function createView(zIndex: number, onPress: () => void, onNear: () => void): View {
  const host = document.createElement('div');
  const root = element('div', 'root');
  const button = element('button', 'button');
  const text = element('span', 'text');
  const badge = element('span', 'badge');
  let words: LauncherWords | undefined;
  let unread = '';
  let isOpen = false;

  host.id = 'fast-light-chat';
  const shadow = host.attachShadow({ mode: 'open' });
  addStyles(shadow, styles);
  set('z', `${zIndex}`);
  button.hidden = badge.hidden = true;
  button.onclick = onPress;
  button.onpointerenter = onNear;
  // What stands in a button is no part of its name when it has a label.
  button.setAttribute('aria-label', 'Chat');
  button.append(icon('icon-chat', CHAT_PATH), icon('icon-close', CLOSE_PATH), text, badge);
  root.append(button);
  shadow.append(root);
  label();
  // A call from the head comes before there is a body.
  (document.body ?? document.documentElement).append(host);

  function set(name: string, value: string): void {
    root.style.setProperty(`--${name}`, value);
  }

  function label(): void {
    button.setAttribute('aria-expanded', String(isOpen));
    if (!words) return;
    const news = unread && words.unread.replace('{n}', unread);
    button.setAttribute('aria-label', isOpen ? words.close : words.open + news);
  }

  return {
    host,
    root,
    button,
    dress: (look) => {
      set('accent', look.color);
      set('on-accent', look.onColor);
      set('side', `${look.side}px`);
      set('bottom', `${look.bottom}px`);
      root.classList.toggle('left', look.position === 'left');
      root.classList.toggle('dark', look.isDark);
      text.textContent = look.launcherText;
      ({ words } = look);
      label();
    },
    setUnread: (now) => {
      unread = now > 99 ? '99+' : String(now || '');
      badge.hidden = !unread;
      badge.textContent = unread;
      label();
    },
    setOpen: (now) => {
      isOpen = now;
      root.classList.toggle('open', isOpen);
      label();
    },
  };
}

export function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  className: string,
): HTMLElementTagNameMap[T] {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

/** Node by node: a page that enforces Trusted Types refuses innerHTML. */
function icon(className: string, path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const shape = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', className);
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

/** A constructed sheet passes a strict style-src; a style element is for browsers that have none. */
export function addStyles(shadow: ShadowRoot, styles: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  } catch {
    const style = document.createElement('style');
    style.textContent = styles;
    shadow.append(style);
  }
}

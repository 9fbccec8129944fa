import type { LauncherWords, Look } from '../protocol/messages.js';
import styles from './loader.css?inline';

const SVG = 'http://www.w3.org/2000/svg';
const CHAT_PATH =
  'M12 3.5c-5 0-9 3.4-9 7.6 0 2.4 1.3 4.5 3.3 5.9l-.6 2.9c-.1.5.4.9.9.7l3.4-1.7c.6.1 1.3.2 2 .2 5 0 9-3.4 9-7.9s-4-7.7-9-7.7Z';
const CLOSE_PATH = 'M6.7 9.2 12 14.5l5.3-5.3';

export interface View {
  iframe: HTMLIFrameElement;
  /** The frame starts to load here. */
  mount(src: string): void;
  remove(): void;
  dress(look: Look): void;
  showButton(isShown: boolean): void;
  setUnread(unread: number): void;
  /** `isModal`: it covers the page. */
  setOpen(isOpen: boolean, isModal: boolean): void;
  /** While it is closed, the frame shows its newest message, so high; 0: nothing. */
  peek(height: number): void;
}

/**
 * What the loader puts into the page: one element with a shadow root, holding the button and the frame. The frame is in the
 * page's own tree where a tab has to find it (`isReachable`): browsers name no frame of a shadow root to others.
 */
export function createView(zIndex: number, onPress: () => void, isReachable: boolean): View {
  const host = document.createElement('div');
  const root = element('div', 'root');
  const panel = element('div', 'panel');
  const iframe = document.createElement('iframe');
  const button = element('button', 'button');
  const text = element('span', 'text');
  const badge = element('span', 'badge');
  let words: LauncherWords = { open: 'Chat', close: 'Chat', unread: '' };
  let unread = '';
  let isOpen = false;

  host.id = 'fast-light-chat';
  const shadow = host.attachShadow({ mode: 'open' });
  applyStyles(shadow);
  set('z', zIndex);
  button.type = 'button';
  button.hidden = badge.hidden = true;
  button.onclick = onPress;
  badge.setAttribute('aria-hidden', 'true');
  panel.setAttribute('role', 'dialog');
  panel.append(isReachable ? document.createElement('slot') : iframe);
  if (isReachable) host.append(iframe);
  button.append(icon('icon-chat', CHAT_PATH), icon('icon-close', CLOSE_PATH), text, badge);
  root.append(panel, button);
  shadow.append(root);
  entitle('Chat');
  label();

  function set(name: string, value: string | number): void {
    root.style.setProperty(`--${name}`, String(value));
  }

  function entitle(title: string): void {
    panel.setAttribute('aria-label', title);
    iframe.title = title;
  }

  function label(): void {
    const news = unread && !isOpen ? words.unread.replace('{n}', unread) : '';
    button.setAttribute('aria-label', (isOpen ? words.close : words.open) + news);
    button.setAttribute('aria-expanded', String(isOpen));
  }

  return {
    iframe,
    mount: (src) => {
      iframe.src = src;
      // A call from the head comes before there is a body.
      (document.body ?? document.documentElement).append(host);
    },
    remove: () => host.remove(),
    dress: (look) => {
      root.classList.add('live');
      set('accent', look.color);
      set('on-accent', look.onColor);
      set('side', `${look.side}px`);
      set('bottom', `${look.bottom}px`);
      root.classList.toggle('left', look.position === 'left');
      root.classList.toggle('dark', look.isDark);
      text.textContent = look.launcherText;
      ({ words } = look);
      entitle(look.title);
      label();
    },
    showButton: (isShown) => {
      button.hidden = !isShown;
    },
    setUnread: (now) => {
      unread = now > 99 ? '99+' : now ? String(now) : '';
      badge.hidden = !unread;
      badge.textContent = unread;
      label();
    },
    setOpen: (now, isModal) => {
      const hadFocus = host.contains(document.activeElement);
      isOpen = now;
      panel.setAttribute('aria-modal', String(isModal));
      root.classList.toggle('open', isOpen);
      label();
      if (isOpen) iframe.focus();
      else if (hadFocus) button.focus();
    },
    peek: (height) => {
      set('peek', `${height}px`);
      root.classList.toggle('peek', height > 0);
    },
  };
}

function element<T extends keyof HTMLElementTagNameMap>(tag: T, className: string): HTMLElementTagNameMap[T] {
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
  svg.setAttribute('aria-hidden', 'true');
  shape.setAttribute('d', path);
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

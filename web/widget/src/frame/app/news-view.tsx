import { plainText } from '@fast-light-chat/sdk/markdown';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Avatar } from './avatar.js';
import type { ChatModel, News } from './chat-model.js';
import { useLanguage } from './context.js';
import { Icon } from './icons.js';
import { fill } from './strings.js';

const LONGEST = 160;

interface NewsViewProps {
  news: News;
  model: ChatModel;
  onOpen: (conversationId: string) => void;
  /** The page makes so much room for it. */
  onHeight: (height: number) => void;
}

/** The newest message beside the button, while the widget is closed. */
export function NewsView({ news, model, onOpen, onHeight }: NewsViewProps): JSX.Element {
  const { t } = useLanguage();
  const root = useRef<HTMLDivElement>(null);
  const { sender, text, conversationId } = news;
  useLayoutEffect(() => onHeight(root.current?.offsetHeight ?? 0), [news.messageId, text]);
  useLayoutEffect(() => () => onHeight(0), []);
  const open = (): void => {
    model.show({ name: 'conversation', id: conversationId });
    onOpen(conversationId);
  };
  return (
    <div class="news" ref={root} role="status">
      <button type="button" class="news-open" onClick={open}>
        <Avatar name={sender.name} url={sender.avatarUrl} />
        <span>
          <span class="visually-hidden">{fill(t.newFrom, { name: sender.name })}</span>
          <strong aria-hidden="true">{sender.name}</strong>
          <span class="news-text" dir="auto">
            {plainText(text).slice(0, LONGEST) || t.file}
          </span>
        </span>
      </button>
      <button type="button" class="icon-button" aria-label={t.dismiss} onClick={() => model.dismissNews()}>
        <Icon name="close" />
      </button>
    </div>
  );
}

import type { MessageView, PendingItem } from '@fast-light-chat/sdk';
import type { ComponentChildren, JSX } from 'preact';
import { Avatar } from './avatar.js';
import { useLanguage } from './context.js';
import { timeOf } from './format.js';
import { LinkedText } from './linked-text.js';

interface GroupPlace {
  startsGroup: boolean;
  endsGroup: boolean;
}

interface MessageRowProps extends GroupPlace {
  message: MessageView;
  isOwn: boolean;
  /** Under the last own message: how far it has come. */
  status?: string;
}

export function MessageRow({ message, isOwn, status, ...place }: MessageRowProps): JSX.Element {
  const { t, language } = useLanguage();
  if (message.type === 'system') return <p class="system">{message.content}</p>;
  const { sender } = message;
  const foot = [place.endsGroup && timeOf(message.createdAt, language), status].filter(Boolean).join(' · ');
  return (
    <Bubble
      {...place}
      side={isOwn ? 'own' : 'other'}
      speaker={isOwn ? t.you : sender.name}
      avatar={<Avatar name={sender.name} url={sender.avatarUrl} />}
      below={!message.deletedAt && <Reactions reactions={message.reactions} />}
      foot={foot}
    >
      <Content message={message} />
    </Bubble>
  );
}

function Content({ message }: { message: MessageView }): JSX.Element {
  const { t } = useLanguage();
  if (message.deletedAt) return <em>{t.deleted}</em>;
  return (
    <>
      <LinkedText text={message.content} />
      {message.editedAt && <small class="edited"> {t.edited}</small>}
    </>
  );
}

function Reactions({ reactions }: Pick<MessageView, 'reactions'>): JSX.Element | null {
  const { t } = useLanguage();
  if (reactions.length === 0) return null;
  return (
    <ul class="reactions" aria-label={t.reactions}>
      {reactions.map(({ emoji, count }) => (
        <li key={emoji}>
          {emoji} {count}
        </li>
      ))}
    </ul>
  );
}

interface PendingRowProps extends GroupPlace {
  item: PendingItem;
  onRetry: (clientMessageId: string) => void;
  onDiscard: (clientMessageId: string) => void;
}

export function PendingRow({ item, onRetry, onDiscard, ...place }: PendingRowProps): JSX.Element {
  const { t } = useLanguage();
  const isLimited = item.error?.code === 'common.rate_limited';
  return (
    <Bubble
      {...place}
      side={item.state === 'failed' ? 'own failed' : 'own pending'}
      speaker={t.you}
      foot={
        item.state === 'failed' ? (
          <span role="alert">
            <strong>{t.notSent}</strong>
            <button type="button" class="link-button" onClick={() => onRetry(item.clientMessageId)}>
              {t.retry}
            </button>
            <button type="button" class="link-button" onClick={() => onDiscard(item.clientMessageId)}>
              {t.discard}
            </button>
          </span>
        ) : (
          place.endsGroup && (item.state === 'sending' ? t.sending : isLimited ? t.waitingLimit : t.waiting)
        )
      }
    >
      <LinkedText text={item.content} />
    </Bubble>
  );
}

interface BubbleProps extends GroupPlace {
  side: string;
  speaker: string;
  avatar?: JSX.Element;
  below?: ComponentChildren;
  foot?: ComponentChildren;
  children: ComponentChildren;
}

export function Bubble({
  side,
  speaker,
  avatar,
  below,
  foot,
  startsGroup,
  endsGroup,
  children,
}: BubbleProps): JSX.Element {
  const isOther = side === 'other';
  const classes = ['row', side, startsGroup && 'starts', endsGroup && 'ends', foot && 'with-foot'];
  return (
    <article class={classes.filter(Boolean).join(' ')}>
      {isOther && <span class="avatar-slot">{endsGroup && avatar}</span>}
      <div class="row-body">
        <span class={isOther && startsGroup ? 'speaker' : 'visually-hidden'}>{speaker}</span>
        <div class="bubble">{children}</div>
        {below}
        {foot && <div class="foot">{foot}</div>}
      </div>
    </article>
  );
}

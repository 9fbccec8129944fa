import type { MessageView, PendingItem, Upload } from '@fast-light-chat/sdk';
import { plainText } from '@fast-light-chat/sdk/markdown';
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Attachments } from './attachments.js';
import { Avatar } from './avatar.js';
import { useLanguage } from './context.js';
import { timeOf } from './format.js';
import { LinkPreviews } from './link-previews.js';
import { EditBox, MessageTools, type Changes } from './message-tools.js';
import { RichText } from './rich-text.js';
import { systemText } from './system-text.js';
import { sendTrouble, waitTrouble } from './trouble.js';
import { UploadChips } from './upload-chips.js';

const MOST_QUOTED = 140;

interface GroupPlace {
  startsGroup: boolean;
  endsGroup: boolean;
}

interface MessageRowProps extends GroupPlace {
  message: MessageView;
  isOwn: boolean;
  isSelf: (person: { type: string; id: string }) => boolean;
  /** What it answers; `earlier`: something that is not loaded. */
  quoted?: MessageView | 'earlier';
  changes: Changes | null;
  /** Under the last own message: how far it has come. */
  status?: string;
}

export function MessageRow({
  message,
  isOwn,
  isSelf,
  quoted,
  changes,
  status,
  ...place
}: MessageRowProps): JSX.Element {
  const { t, language } = useLanguage();
  const [isEditing, setEditing] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  /** What was to stand here, and was refused. */
  const [refused, setRefused] = useState<string | null>(null);
  if (message.type === 'system') return <p class="system">{systemText(message, t)}</p>;
  const attempt = (change: Promise<unknown> | undefined, onRefused?: () => void): void => {
    setEditing(false);
    setFailed(false);
    change?.catch(() => {
      setFailed(true);
      onRefused?.();
    });
  };
  const react = (emoji: string, on: boolean): void => attempt(changes?.react(message.id, emoji, on));
  const edit = (content: string): void => {
    setRefused(null);
    attempt(changes?.edit(message.id, content), () => setRefused(content));
  };
  const giveUp = (): void => {
    setRefused(null);
    setEditing(false);
  };
  const { sender } = message;
  const state = message.held ? t.beingChecked : status;
  const foot = [place.endsGroup && timeOf(message.createdAt, language), state].filter(Boolean).join(' · ');
  return (
    <Bubble
      {...place}
      side={isOwn ? 'own' : 'other'}
      speaker={isOwn ? t.you : sender.name}
      avatar={<Avatar name={sender.name} url={sender.avatarUrl} />}
      tools={
        changes &&
        !message.deletedAt &&
        !isEditing && (
          <MessageTools
            canReact={!message.held}
            canEdit={isOwn && !message.held && message.type === 'text'}
            canDelete={isOwn && (message.type === 'text' || message.type === 'file')}
            onReact={(emoji) => react(emoji, true)}
            onEdit={() => setEditing(true)}
            onDelete={() => attempt(changes.remove(message.id))}
          />
        )
      }
      below={
        <>
          {!message.deletedAt && (
            <Reactions reactions={message.reactions} {...{ isSelf }} onReact={changes ? react : undefined} />
          )}
          {hasFailed && (
            <p class="change-failed" role="alert">
              {t.notChanged}
            </p>
          )}
        </>
      }
      foot={foot}
    >
      {isEditing ? (
        <EditBox content={refused ?? message.content} onSave={edit} onCancel={giveUp} />
      ) : (
        <Content {...{ message, quoted, isSelf }} />
      )}
    </Bubble>
  );
}

function Content({
  message,
  quoted,
  isSelf,
}: Pick<MessageRowProps, 'message' | 'quoted' | 'isSelf'>): JSX.Element {
  const { t } = useLanguage();
  if (message.deletedAt) return <em>{t.deleted}</em>;
  return (
    <>
      {quoted && <Quoted message={quoted} {...{ isSelf }} />}
      {message.content && <RichText text={message.content} />}
      {message.editedAt && <small class="edited"> {t.edited}</small>}
      <Attachments files={message.attachments} />
      <LinkPreviews previews={message.linkPreviews} />
    </>
  );
}

interface QuotedProps {
  message: MessageView | 'earlier';
  isSelf: MessageRowProps['isSelf'];
}

function Quoted({ message, isSelf }: QuotedProps): JSX.Element {
  const { t } = useLanguage();
  if (message === 'earlier') return <div class="quoted">{t.earlier}</div>;
  const { sender, content, attachments, deletedAt } = message;
  const text = deletedAt ? t.deleted : plainText(content) || (attachments[0]?.name ?? '');
  return (
    <div class="quoted" dir="auto">
      <b>{isSelf(sender) ? t.you : sender.name}</b>
      <span>{text.slice(0, MOST_QUOTED)}</span>
    </div>
  );
}

interface ReactionsProps extends Pick<MessageView, 'reactions'> {
  isSelf: MessageRowProps['isSelf'];
  onReact?: (emoji: string, on: boolean) => void;
}

function Reactions({ reactions, isSelf, onReact }: ReactionsProps): JSX.Element | null {
  const { t } = useLanguage();
  if (reactions.length === 0) return null;
  return (
    <ul class="reactions" aria-label={t.reactions}>
      {reactions.map(({ emoji, count, by }) => {
        const isOn = by.some(isSelf);
        return (
          <li key={emoji}>
            <button
              type="button"
              aria-pressed={isOn}
              disabled={!onReact}
              onClick={() => onReact?.(emoji, !isOn)}
            >
              {emoji} {count}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** What a person may decide about a message that was not sent. */
export interface PendingActions {
  onRetry: (item: PendingItem) => void;
  /** Back into the field, with its files. */
  onTakeBack: (item: PendingItem) => void;
  onDiscard: (item: PendingItem) => void;
}

interface PendingRowProps extends GroupPlace, PendingActions {
  item: PendingItem;
  /** Its files while it waits for them; null: it has nothing to wait for. */
  uploads: readonly Upload[] | null;
}

export function PendingRow({
  item,
  uploads,
  onRetry,
  onTakeBack,
  onDiscard,
  ...place
}: PendingRowProps): JSX.Element {
  const { t } = useLanguage();
  const waits = uploads ? t.waitingFiles : waitTrouble(item.error, t);
  return (
    <Bubble
      {...place}
      side={item.state === 'failed' ? 'own failed' : 'own pending'}
      speaker={t.you}
      foot={
        item.state === 'failed' ? (
          <span role="alert">
            <strong>{sendTrouble(item.error, t)}</strong>
            <button type="button" class="link-button" onClick={() => onRetry(item)}>
              {t.retry}
            </button>
            <button type="button" class="link-button" onClick={() => onTakeBack(item)}>
              {t.edit}
            </button>
            <button type="button" class="link-button" onClick={() => onDiscard(item)}>
              {t.discard}
            </button>
          </span>
        ) : (
          place.endsGroup && (item.state === 'sending' ? t.sending : waits)
        )
      }
    >
      {item.content && <RichText text={item.content} />}
      {item.attachments && <Attachments files={item.attachments} />}
      {uploads && <UploadChips uploads={uploads} />}
    </Bubble>
  );
}

interface BubbleProps extends GroupPlace {
  side: string;
  speaker: string;
  avatar?: JSX.Element;
  tools?: ComponentChildren;
  below?: ComponentChildren;
  foot?: ComponentChildren;
  children: ComponentChildren;
}

export function Bubble({
  side,
  speaker,
  avatar,
  tools,
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
        <div class="bubble-line">
          <div class="bubble" dir="auto">
            {children}
          </div>
          {tools}
        </div>
        {below}
        {foot && <div class="foot">{foot}</div>}
      </div>
    </article>
  );
}

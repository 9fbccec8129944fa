import type { ChatError } from '@fast-light-chat/sdk';
import type { JSX } from 'preact';
import { useLanguage } from './context.js';
import { Icon } from './icons.js';
import type { Strings } from './strings.js';

interface NoticeProps {
  title: string;
  text: string;
  action?: { label: string; run: () => void };
}

export function Notice({ title, text, action }: NoticeProps): JSX.Element {
  return (
    <div class="notice" role="alert">
      <span class="notice-icon">
        <Icon name="alert" />
      </span>
      <h2>{title}</h2>
      <p>{text}</p>
      {action && (
        <button type="button" class="button" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}

export function ErrorNotice({ error, onRetry }: { error: ChatError; onRetry: () => void }): JSX.Element {
  const { t } = useLanguage();
  const [title, text] = wordsFor(error, t);
  const isHopeless = !error.retryable && (error.status ?? 0) < 500;
  return (
    <Notice title={title} text={text} action={isHopeless ? undefined : { label: t.retry, run: onRetry }} />
  );
}

function wordsFor(error: ChatError, t: Strings): [title: string, text: string] {
  if (error.code === 'auth.visitor_lost') return [t.astrayTitle, t.astrayText];
  if (error.code === 'auth.identity_proof_required') return [t.proofTitle, t.proofText];
  if (error.code === 'auth.forbidden' || error.status === 403) return [t.forbiddenTitle, t.forbiddenText];
  if (error.status === 401 || error.status === 404) return [t.wrongKeyTitle, t.wrongKeyText];
  return [t.errorTitle, t.errorText];
}

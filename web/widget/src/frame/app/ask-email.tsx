import type { Timeline } from '@fast-light-chat/sdk';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ChatModel, ChatState } from './chat-model.js';
import { useLanguage } from './context.js';
import { Icon } from './icons.js';
import { fill } from './strings.js';
import { isClosed } from './whereabouts.js';

/** Who has waited so long may not wait much longer. */
const PATIENCE_MS = 3 * 60_000;
const QUESTION = 'email-asked';

interface AskEmailProps {
  model: ChatModel;
  state: ChatState;
  timeline: Timeline;
}

/** Asks once where an answer would still reach somebody who leaves; at once when nobody is there to give it. */
export function AskEmail({ model, state, timeline }: AskEmailProps): JSX.Element | null {
  const { t } = useLanguage();
  const { environment, user } = state;
  const [wasAsked, setAsked] = useState(() => model.hasAsked(QUESTION));
  const [given, setGiven] = useState<string | null>(null);
  const waitsSince = unansweredSince(timeline, model);
  const isAway = !environment.online || isClosed(environment);
  const hasWaited = useHasWaited(waitsSince, isAway ? 0 : PATIENCE_MS);

  const done = (): void => {
    model.rememberAsked(QUESTION);
    setAsked(true);
  };
  if (given)
    return (
      <p class="hint" role="status">
        {fill(t.emailThanks, { email: given })}
      </p>
    );
  if (!environment.settings.askEmail || user.profile.email || wasAsked || !hasWaited) return null;
  return (
    <EmailForm
      onGive={async (email) => {
        await model.changeUser({ profile: { email } });
        model.rememberAsked(QUESTION);
        setGiven(email);
      }}
      onDismiss={done}
    />
  );
}

interface EmailFormProps {
  onGive: (email: string) => Promise<void>;
  onDismiss: () => void;
}

function EmailForm({ onGive, onDismiss }: EmailFormProps): JSX.Element {
  const { t } = useLanguage();
  const [email, setEmail] = useState('');
  const [hasFailed, setFailed] = useState(false);
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        setFailed(false);
        onGive(email.trim()).catch(() => setFailed(true));
      }}
    >
      <p>{t.askEmail}</p>
      <button type="button" class="icon-button card-close" aria-label={t.dismiss} onClick={onDismiss}>
        <Icon name="close" />
      </button>
      <div class="card-line">
        <input
          type="email"
          required
          autocomplete="email"
          maxLength={200}
          aria-label={t.email}
          placeholder={t.email}
          value={email}
          onInput={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <button type="submit" class="button">
          {t.save}
        </button>
      </div>
      {hasFailed && (
        <p class="composer-error" role="alert">
          {t.notSaved}
        </p>
      )}
    </form>
  );
}

/** When the visitor wrote what nobody has answered yet; null: they have been answered. */
function unansweredSince({ items }: Timeline, model: ChatModel): string | null {
  let since: string | null = null;
  for (const item of items) {
    if (item.kind === 'pending' || item.message.type === 'system') continue;
    since = model.isOwn(item.message.sender) ? (since ?? item.message.createdAt) : null;
  }
  return since;
}

function useHasWaited(since: string | null, patienceMs: number): boolean {
  const [, look] = useState(0);
  const leftMs = since === null ? Infinity : Date.parse(since) + patienceMs - Date.now();
  useEffect(() => {
    if (leftMs <= 0 || leftMs === Infinity) return;
    const timer = setTimeout(() => look((count) => count + 1), leftMs);
    return () => clearTimeout(timer);
  }, [since, patienceMs]);
  return leftMs <= 0;
}

import type { UserView } from '@fast-light-chat/sdk';
import type { JSX, RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { ChatModel, Environment } from './chat-model.js';
import { isSendKey, MOST_CHARACTERS } from './composer.js';
import { useLanguage } from './context.js';
import type { Draft } from './draft.js';
import { RichText } from './rich-text.js';
import { fill } from './strings.js';
import { useSnapshot } from './use-snapshot.js';
import { isClosed } from './whereabouts.js';

type ContactField = Environment['settings']['preChat']['fields'][number];
type Profile = Partial<Record<ContactField['key'], string>>;

/** What is to be known before a message can be written. */
export interface Needs {
  consent: boolean;
  fields: readonly ContactField[];
}

const INPUTS = {
  name: { type: 'text', autocomplete: 'name', maxLength: 200 },
  email: { type: 'email', autocomplete: 'email', maxLength: 200 },
  phone: { type: 'tel', autocomplete: 'tel', maxLength: 40 },
} as const;

/** Null: nothing. Details are asked for at the beginning of a conversation only, consent wherever it is missing. */
export function needsOf(environment: Environment, user: UserView, isBeginning: boolean): Needs | null {
  const { consent, preChat } = environment.settings;
  const asked: readonly ContactField[] = preChat.enabled ? preChat.fields : [];
  const fields = isBeginning ? withAwayEmail(asked, environment).filter(({ key }) => !user.profile[key]) : [];
  const needsConsent = consent.required && user.consentedAt === null;
  return needsConsent || fields.length > 0 ? { consent: needsConsent, fields } : null;
}

/** An answer has to find the visitor who does not wait for the morning. */
function withAwayEmail(fields: readonly ContactField[], environment: Environment): readonly ContactField[] {
  if (!isClosed(environment) || fields.some(({ key }) => key === 'email')) return fields;
  return [...fields, { key: 'email', required: true }];
}

interface StartFormProps {
  model: ChatModel;
  environment: Environment;
  needs: Needs;
  draft: Draft;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** In the place of the field for the message, until it has been filled in once. */
export function StartForm({ model, environment, needs, draft, field }: StartFormProps): JSX.Element {
  const { t } = useLanguage();
  const { text } = useSnapshot(draft.state);
  const [profile, setProfile] = useState<Profile>({});
  const [state, setState] = useState<'open' | 'busy' | 'failed'>('open');

  const start = async (): Promise<void> => {
    if (state === 'busy') return;
    setState('busy');
    try {
      await model.changeUser({
        ...(needs.fields.length > 0 && { profile: trimmed(profile) }),
        ...(needs.consent && { consented: true }),
      });
      if (draft.state.getSnapshot().text.trim()) draft.send();
    } catch {
      setState('failed');
    }
  };

  return (
    <form
      class="start"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <div class="start-fields">
        {needs.fields.length > 0 && <p>{isClosed(environment) ? t.awayLead : t.startLead}</p>}
        {needs.fields.map(({ key, required }) => (
          <label key={key}>
            {required ? t[key] : fill(t.optional, { label: t[key] })}
            <input
              {...INPUTS[key]}
              required={required}
              value={profile[key] ?? ''}
              onInput={({ currentTarget }) =>
                setProfile({ ...profile, [key]: currentTarget.value.trimStart() })
              }
            />
          </label>
        ))}
        <label>
          {t.composerLabel}
          <textarea
            ref={field}
            rows={2}
            required
            maxLength={MOST_CHARACTERS}
            value={text}
            onInput={({ currentTarget }) => draft.write(currentTarget.value)}
            onKeyDown={(event) => {
              if (!isSendKey(event)) return;
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }}
          />
        </label>
        {needs.consent && <Consent environment={environment} />}
      </div>
      {state === 'failed' && (
        <p class="composer-error" role="alert">
          {t.notSaved}
        </p>
      )}
      <button type="submit" class="button" disabled={state === 'busy'}>
        {t.send}
      </button>
    </form>
  );
}

function trimmed(profile: Profile): Profile {
  return Object.fromEntries(Object.entries(profile).map(([key, value]) => [key, value.trim()]));
}

function Consent({ environment }: Pick<StartFormProps, 'environment'>): JSX.Element {
  const { t, language } = useLanguage();
  const { text, url } = environment.settings.consent;
  return (
    <div class="consent">
      <label>
        <input type="checkbox" required />
        <span>
          <RichText text={text[language] || t.consentFallback} />
        </span>
      </label>
      {url && (
        <a href={url} target="_blank" rel="noopener noreferrer">
          {t.privacy}
        </a>
      )}
    </div>
  );
}

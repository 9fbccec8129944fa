import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormField } from '../../../components/ui/form-field';
import { RadioField } from '../../../components/ui/radio-field';
import { showToast } from '../../../components/ui/toast';
import { useCan } from '../../../lib/self';
import type { EnvironmentView } from '../../../lib/wire';
import { useUpdateEnvironment } from '../api/settings-api';
import { MOST_WORDS, parseWords, WORD_MAX } from '../hooks/banned-words';
import { SettingsForm } from './settings-form';

const ACTIONS = [
  { value: 'refuse', label: 'moderation.refuse', hint: 'moderation.refuseHint' },
  { value: 'hold', label: 'moderation.hold', hint: 'moderation.holdHint' },
] as const;

export function EnvironmentModeration({ environment }: { environment: EnvironmentView }) {
  const { t } = useTranslation();
  const isReadOnly = !useCan('environment.edit');
  const update = useUpdateEnvironment(environment.id);
  const { bannedWords, action } = environment.settings.moderation;
  const form = useForm({ values: { words: bannedWords.join('\n'), action } });
  const { errors, isDirty } = form.formState;
  const areGood = (text: string) => {
    const words = parseWords(text);
    if (words.length > MOST_WORDS) return t('moderation.tooMany', { count: MOST_WORDS });
    return words.every((word) => word.length <= WORD_MAX) || t('moderation.tooLong', { count: WORD_MAX });
  };
  const submit = form.handleSubmit((values) =>
    update.mutate(
      { settings: { moderation: { bannedWords: parseWords(values.words), action: values.action } } },
      { onSuccess: () => showToast(t('common.saved')) },
    ),
  );
  return (
    <SettingsForm
      onSubmit={submit}
      isDirty={isDirty}
      isBusy={update.isPending}
      isReadOnly={isReadOnly}
      error={update.error}
    >
      <FormField
        field={form.register('words', { validate: areGood })}
        fault={errors.words?.message}
        label={t('moderation.words')}
        helperText={t('moderation.wordsHint')}
        multiline
        minRows={4}
        maxRows={12}
        disabled={isReadOnly}
      />
      <Controller
        control={form.control}
        name="action"
        render={({ field }) => (
          <RadioField
            label={t('moderation.action')}
            value={field.value}
            onChange={field.onChange}
            isDisabled={isReadOnly}
            options={ACTIONS.map(({ value, label, hint }) => ({ value, label: t(label), hint: t(hint) }))}
          />
        )}
      />
    </SettingsForm>
  );
}

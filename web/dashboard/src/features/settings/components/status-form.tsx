import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { showError, showToast } from '../../../components/ui/toast';
import { useUpdateSelf, type SelfChange } from '../../../lib/agent-mutations';
import { endOfStatus, STATUS_ENDS, type StatusEnd } from '../../../lib/agent-status';
import { useSelf } from '../../../lib/self';
import { dateTime } from '../../../lib/time';
import { SettingsForm } from './settings-form';

const TEXT_MAX = 120;
const EMOJIS = ['💬', '📅', '🍜', '☕', '🏠', '🚆', '🎧', '🎯', '🤒', '🌴'];
const SUGGESTIONS = [
  { key: 'meeting', emoji: '📅', end: 'hour' },
  { key: 'lunch', emoji: '🍜', end: 'hour' },
  { key: 'home', emoji: '🏠', end: 'today' },
  { key: 'vacation', emoji: '🌴', end: 'week' },
] as const;

const WITH_KEPT = ['kept', ...STATUS_ENDS] as const;

interface Fields {
  emoji: string;
  text: string;
  /** `kept`: the end that the status has. */
  end: StatusEnd | 'kept';
}

export function StatusForm() {
  const { t, i18n } = useTranslation();
  const self = useSelf();
  const update = useUpdateSelf();
  const { statusExpiresAt } = self;
  const hasEnd = statusExpiresAt !== null;
  const keptEnd = hasEnd && t('presence.until', { time: dateTime(statusExpiresAt, i18n.language) });
  const form = useForm<Fields>({
    values: {
      emoji: self.statusEmoji ?? '',
      text: self.statusText ?? '',
      end: hasEnd ? 'kept' : 'never',
    },
  });
  const offered = hasEnd ? WITH_KEPT : STATUS_ENDS;
  const save = (change: SelfChange) =>
    update.mutate(change, { onSuccess: () => showToast(t('common.saved')) });
  const submit = form.handleSubmit(({ emoji, text, end }) =>
    save({
      statusEmoji: emoji || null,
      statusText: text.trim() || null,
      statusExpiresAt: end === 'kept' ? statusExpiresAt : isoOf(endOfStatus(end, new Date())),
    }),
  );
  const suggest = ({ key, emoji, end }: (typeof SUGGESTIONS)[number]) => {
    form.setValue('emoji', emoji, { shouldDirty: true });
    form.setValue('text', t(`profile.suggestions.${key}`), { shouldDirty: true });
    form.setValue('end', end, { shouldDirty: true });
  };
  const hasStatus = self.statusEmoji !== null || self.statusText !== null;
  return (
    <SettingsForm
      onSubmit={submit}
      isDirty={form.formState.isDirty}
      isBusy={update.isPending}
      error={update.error}
    >
      <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap' }}>
        {SUGGESTIONS.map((one) => (
          <Chip
            key={one.key}
            variant="outlined"
            label={`${one.emoji} ${t(`profile.suggestions.${one.key}`)}`}
            onClick={() => suggest(one)}
          />
        ))}
      </Stack>
      <Stack direction="row" spacing={1.5}>
        <Controller
          control={form.control}
          name="emoji"
          render={({ field }) => (
            <TextField {...field} select label={t('profile.emoji')} sx={{ width: 110, flexShrink: 0 }}>
              <MenuItem value="">{t('profile.noEmoji')}</MenuItem>
              {emojisWith(field.value).map((emoji) => (
                <MenuItem key={emoji} value={emoji}>
                  {emoji}
                </MenuItem>
              ))}
            </TextField>
          )}
        />
        <Controller
          control={form.control}
          name="text"
          render={({ field }) => (
            <TextField
              {...field}
              label={t('presence.statusText')}
              placeholder={t('presence.statusPlaceholder')}
              slotProps={{ htmlInput: { maxLength: TEXT_MAX } }}
            />
          )}
        />
      </Stack>
      <Controller
        control={form.control}
        name="end"
        render={({ field }) => (
          <TextField {...field} select label={t('profile.statusEnds')}>
            {(field.value === 'kept' ? WITH_KEPT : offered).map((end) => (
              <MenuItem key={end} value={end}>
                {end === 'kept' ? keptEnd : t(`profile.ends.${end}`)}
              </MenuItem>
            ))}
          </TextField>
        )}
      />
      {hasStatus && (
        <Button
          color="error"
          sx={{ alignSelf: 'flex-start' }}
          onClick={() => update.mutate({ statusEmoji: null, statusText: null }, { onError: showError })}
        >
          {t('profile.clearStatus')}
        </Button>
      )}
    </SettingsForm>
  );
}

function emojisWith(chosen: string): string[] {
  return chosen && !EMOJIS.includes(chosen) ? [chosen, ...EMOJIS] : EMOJIS;
}

function isoOf(date: Date | null): string | null {
  return date && date.toISOString();
}

import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useId } from 'react';
import { Controller, useForm, type ControllerRenderProps } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { DialogError } from '../../../components/ui/dialog-error';
import { FormField } from '../../../components/ui/form-field';
import { MONOSPACE } from '../../../lib/theme';
import type { ApiKeyDraft } from '../api/settings-api';

/** The server's list. Notes between agents are left out until somebody asks for them. */
const SCOPES = [
  'users:read',
  'users:write',
  'conversations:read',
  'conversations:write',
  'messages:read',
  'messages:write',
  'notes:read',
];
const USUAL_SCOPES = SCOPES.filter((scope) => scope !== 'notes:read');
const EXPIRY_DAYS = [30, 90, 365];
const DAY_MS = 86_400_000;
const NAME_MAX = 60;

interface KeyForm {
  name: string;
  scopes: string[];
  /** 0: never. */
  days: number;
}

interface ApiKeyDialogProps {
  isOpen: boolean;
  isBusy: boolean;
  error: unknown;
  onDraft: (draft: ApiKeyDraft) => void;
  onClose: () => void;
}

export function ApiKeyDialog({ isOpen, onClose, ...rest }: ApiKeyDialogProps) {
  const titleId = useId();
  return (
    <Dialog open={isOpen} onClose={onClose} aria-labelledby={titleId}>
      <ApiKeyForm {...rest} titleId={titleId} onClose={onClose} />
    </Dialog>
  );
}

function toDraft({ name, scopes, days }: KeyForm): ApiKeyDraft {
  const expiresAt = days > 0 ? new Date(Date.now() + days * DAY_MS).toISOString() : undefined;
  return { name: name.trim(), scopes, expiresAt };
}

function ApiKeyForm(props: Omit<ApiKeyDialogProps, 'isOpen'> & { titleId: string }) {
  const { t } = useTranslation();
  const form = useForm<KeyForm>({ defaultValues: { name: '', scopes: USUAL_SCOPES, days: 0 } });
  const { errors } = form.formState;
  return (
    <form noValidate onSubmit={form.handleSubmit((values) => props.onDraft(toDraft(values)))}>
      <DialogTitle id={props.titleId}>{t('keys.new')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2.5} sx={{ pt: 1 }}>
          <DialogError error={props.error} />
          <FormField
            field={form.register('name', { required: t('common.required'), maxLength: NAME_MAX })}
            fault={errors.name?.message}
            label={t('keys.name')}
            helperText={t('keys.nameHint')}
            autoFocus
          />
          <Controller
            control={form.control}
            name="scopes"
            rules={{ validate: (scopes) => scopes.length > 0 || t('keys.chooseScope') }}
            render={({ field }) => <ScopesField field={field} fault={errors.scopes?.message} />}
          />
          <Controller
            control={form.control}
            name="days"
            render={({ field }) => (
              <TextField {...field} select label={t('keys.expires')}>
                <MenuItem value={0}>{t('keys.noExpiry')}</MenuItem>
                {EXPIRY_DAYS.map((days) => (
                  <MenuItem key={days} value={days}>
                    {t('keys.days', { count: days })}
                  </MenuItem>
                ))}
              </TextField>
            )}
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        <Button type="submit" variant="contained" loading={props.isBusy}>
          {t('common.create')}
        </Button>
      </DialogActions>
    </form>
  );
}

interface ScopesFieldProps {
  field: ControllerRenderProps<KeyForm, 'scopes'>;
  fault: string | undefined;
}

function ScopesField({ field, fault }: ScopesFieldProps) {
  const { t } = useTranslation();
  const toggle = (scope: string, isOn: boolean) =>
    field.onChange(isOn ? [...field.value, scope] : field.value.filter((one) => one !== scope));
  return (
    <FormControl component="fieldset" error={fault !== undefined}>
      <FormLabel component="legend" sx={{ fontSize: 13, fontWeight: 600 }}>
        {t('keys.scopes')}
      </FormLabel>
      <FormHelperText sx={{ mx: 0 }}>{fault ?? t('keys.scopesHint')}</FormHelperText>
      {SCOPES.map((scope) => (
        <FormControlLabel
          key={scope}
          control={
            <Checkbox
              size="small"
              checked={field.value.includes(scope)}
              onChange={(_event, isOn) => toggle(scope, isOn)}
            />
          }
          label={scope}
          slotProps={{ typography: { sx: { fontFamily: MONOSPACE, fontSize: 13.5 } } }}
        />
      ))}
    </FormControl>
  );
}

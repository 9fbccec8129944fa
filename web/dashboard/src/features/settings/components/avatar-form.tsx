import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../components/ui/form-error';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { useChangeAvatar } from '../../../lib/agent-mutations';
import { useSelf } from '../../../lib/self';

const TYPES = 'image/png,image/jpeg,image/webp,image/gif';

export function AvatarForm() {
  const { t } = useTranslation();
  const self = useSelf();
  const change = useChangeAvatar();
  const input = useRef<HTMLInputElement>(null);
  const preview = usePreview(change.isPending ? (change.variables ?? null) : null);
  return (
    <Stack spacing={2}>
      <FormError
        error={change.error}
        texts={{
          'files.unsupported_type': t('profile.pictureType'),
          'common.validation_failed': t('profile.pictureType'),
        }}
      />
      <Stack direction="row" spacing={2.5} sx={{ alignItems: 'center' }}>
        <PersonAvatar id={self.id} name={self.name} avatarUrl={preview ?? self.avatarUrl} size={80} />
        <div>
          <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap' }}>
            <Button variant="outlined" loading={change.isPending} onClick={() => input.current?.click()}>
              {t(self.avatarUrl ? 'profile.changePicture' : 'profile.uploadPicture')}
            </Button>
            {self.avatarUrl && (
              <Button color="error" disabled={change.isPending} onClick={() => change.mutate(null)}>
                {t('profile.removePicture')}
              </Button>
            )}
          </Stack>
          <Typography variant="caption" component="p" color="textSecondary" sx={{ mt: 0.75 }}>
            {t('profile.pictureHint')}
          </Typography>
        </div>
        <input
          ref={input}
          hidden
          type="file"
          accept={TYPES}
          aria-label={t('profile.picture')}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) change.mutate(file);
            // So that the same file can be chosen again.
            target.value = '';
          }}
        />
      </Stack>
    </Stack>
  );
}

/** An address of the file, good while the component shows it. */
function usePreview(file: File | null): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!file) return undefined;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
      setAddress(null);
    };
  }, [file]);
  return address;
}

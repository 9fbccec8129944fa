import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { TagsField } from '../../../components/ui/tags-field';
import { useCan } from '../../../lib/self';
import type { UserView } from '../../../lib/wire';
import { useUserTags } from '../api/user-mutations';

const TAG_MAX = 50;

export function UserTags({ user }: { user: UserView }) {
  const { t } = useTranslation();
  const canEdit = useCan('user.edit');
  const { tags, setTags } = useUserTags(user);
  return (
    <Box sx={{ mt: 1.5 }}>
      <TagsField
        label={t('user.tags')}
        hint={t('manage.tagsHint')}
        tags={tags}
        maxLength={TAG_MAX}
        isDisabled={!canEdit}
        onChange={setTags}
      />
    </Box>
  );
}

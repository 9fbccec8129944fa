import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { TagsField } from '../../../components/ui/tags-field';
import { showError } from '../../../components/ui/toast';
import { useCan } from '../../../lib/self';
import type { UserView } from '../../../lib/wire';
import { useChangeTags } from '../api/user-mutations';

const TAG_MAX = 50;

/** What is sent is the difference: the page of the user may be tagging them at the same moment. */
export function UserTags({ user }: { user: UserView }) {
  const { t } = useTranslation();
  const canEdit = useCan('user.edit');
  const { mutate, variables, isPending } = useChangeTags(user.id);
  const present = isPending ? tagsAfter(user.tags, variables) : user.tags;
  const change = (tags: string[]) =>
    mutate(
      {
        addTags: tags.filter((tag) => !present.includes(tag)),
        removeTags: present.filter((tag) => !tags.includes(tag)),
      },
      { onError: showError },
    );
  return (
    <Box sx={{ mt: 1.5 }}>
      <TagsField
        label={t('user.tags')}
        hint={t('manage.tagsHint')}
        tags={present}
        maxLength={TAG_MAX}
        isDisabled={!canEdit}
        onChange={change}
      />
    </Box>
  );
}

function tagsAfter(tags: readonly string[], change: { addTags: string[]; removeTags: string[] }): string[] {
  return [...tags.filter((tag) => !change.removeTags.includes(tag)), ...change.addTags];
}

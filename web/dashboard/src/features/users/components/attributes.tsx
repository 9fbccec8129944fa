import EditRounded from '@mui/icons-material/EditRounded';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Fact, PanelSection } from '../../../components/ui/panel-section';
import { Reasoned } from '../../../components/ui/reasoned';
import { useCan } from '../../../lib/self';
import type { UserView } from '../../../lib/wire';
import { attributesOf } from '../hooks/attributes';
import { AttributesDialog } from './attributes-dialog';

export function Attributes({ user }: { user: UserView }) {
  const { t } = useTranslation();
  const canEdit = useCan('user.edit');
  const [isEditing, setIsEditing] = useState(false);
  const attributes = attributesOf(user.profile);
  return (
    <PanelSection
      title={t('user.attributes')}
      action={
        <Reasoned reason={!canEdit && t('errors.forbidden')}>
          <IconButton
            size="small"
            aria-label={t('user.editAttributes')}
            disabled={!canEdit}
            onClick={() => setIsEditing(true)}
          >
            <EditRounded fontSize="small" />
          </IconButton>
        </Reasoned>
      }
    >
      {attributes.map(({ name, value }) => (
        <Fact key={name} label={name}>
          {value}
        </Fact>
      ))}
      {attributes.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('user.noAttributes')}
        </Typography>
      )}
      <AttributesDialog user={user} isOpen={isEditing} onClose={() => setIsEditing(false)} />
    </PanelSection>
  );
}

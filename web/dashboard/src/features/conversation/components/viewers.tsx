import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import { useTranslation } from 'react-i18next';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { Spoken } from '../../../components/ui/spoken';
import { useTalk } from './talk';

/** As many faces as there is room for. */
const MOST_FACES = 3;

/** Colleagues who have the conversation before them just now, so that two do not write the same answer. */
export function Viewers() {
  const text = useViewersText();
  const { viewers } = useTalk();
  if (!text) return null;
  return (
    <Tooltip title={text}>
      <Box role="img" aria-label={text} sx={{ display: { xs: 'none', sm: 'flex' }, flexShrink: 0, pl: 0.75 }}>
        {viewers.slice(0, MOST_FACES).map(({ id, name, avatarUrl }) => (
          <Box
            key={id}
            sx={{ ml: -0.75, border: '2px solid', borderColor: 'background.paper', borderRadius: '50%' }}
          >
            <PersonAvatar id={id} name={name} avatarUrl={avatarUrl} size={26} />
          </Box>
        ))}
        {viewers.length > MOST_FACES && (
          <Box sx={{ alignSelf: 'center', pl: 0.5, fontSize: 12, color: 'text.secondary' }}>
            {`+${viewers.length - MOST_FACES}`}
          </Box>
        )}
        <Spoken>{text}</Spoken>
      </Box>
    </Tooltip>
  );
}

export function useViewersText(): string {
  const { t } = useTranslation();
  const { viewers } = useTalk();
  const names = viewers.map(({ name }) => name).join(', ');
  return names && t('conversation.viewing', { names, count: viewers.length });
}

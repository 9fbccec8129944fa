import BookmarkBorderRounded from '@mui/icons-material/BookmarkBorderRounded';
import MoreHorizRounded from '@mui/icons-material/MoreHorizRounded';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { NameDialog } from '../../../components/ui/name-dialog';
import type { SavedViewView } from '../../../lib/wire';
import { useSavedViewChange } from '../api/saved-views';
import { placeOfSaved, searchOf } from '../hooks/inbox-address';
import { useInboxView } from '../hooks/use-inbox-view';
import { Section, ViewLink } from './view-link';

export function addressOfSaved({ id, filter }: SavedViewView): string {
  const { view, narrowing } = placeOfSaved(filter);
  return `/inbox/${view}?${searchOf(narrowing, id)}`;
}

/** Filters that the agent has kept, in the agent's own order. */
export function SavedViews({ views }: { views: SavedViewView[] }) {
  const { t } = useTranslation();
  const { savedId } = useInboxView();
  return (
    <Section title={t('inbox.savedViews')}>
      {views.map((view) => (
        <ViewLink
          key={view.id}
          to={addressOfSaved(view)}
          icon={<BookmarkBorderRounded />}
          label={view.name}
          isCurrent={view.id === savedId}
          menu={<SavedViewMenu view={view} views={views} />}
        />
      ))}
    </Section>
  );
}

function SavedViewMenu({ view, views }: { view: SavedViewView; views: SavedViewView[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { savedId } = useInboxView();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isRenaming, setIsRenaming] = useState(false);
  const { mutate, isPending, error } = useSavedViewChange(() => setIsRenaming(false));
  const ids = views.map(({ id }) => id);
  const at = ids.indexOf(view.id);
  const moveTo = (to: number) => {
    setAnchor(null);
    mutate({ part: 'order', ids: ids.with(at, ids[to]!).with(to, view.id) });
  };
  const remove = () => {
    setAnchor(null);
    mutate({ part: 'remove', id: view.id });
    if (savedId === view.id) void navigate('/inbox/all');
  };
  return (
    <>
      <IconButton
        size="small"
        aria-label={t('inbox.viewMenu', { name: view.name })}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ mr: 0.5 }}
      >
        <MoreHorizRounded sx={{ fontSize: 18 }} />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem
          onClick={() => {
            setAnchor(null);
            setIsRenaming(true);
          }}
        >
          {t('inbox.rename')}
        </MenuItem>
        <MenuItem disabled={at === 0} onClick={() => moveTo(at - 1)}>
          {t('inbox.moveUp')}
        </MenuItem>
        <MenuItem disabled={at === ids.length - 1} onClick={() => moveTo(at + 1)}>
          {t('inbox.moveDown')}
        </MenuItem>
        <MenuItem onClick={remove}>{t('common.delete')}</MenuItem>
      </Menu>
      <NameDialog
        isOpen={isRenaming}
        title={t('inbox.rename')}
        label={t('inbox.viewName')}
        name={view.name}
        confirmLabel={t('common.save')}
        isBusy={isPending}
        error={error}
        onName={(name) => mutate({ part: 'update', id: view.id, fields: { name } })}
        onClose={() => setIsRenaming(false)}
      />
    </>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PickerDialog } from '../../../components/ui/picker-dialog';
import { useCommands } from '../../../lib/commands';
import { usePaletteItems } from '../hooks/use-palette-items';

/** What the routes take. */
const QUERY_MAX = 100;

/** Everything that can be done, and everywhere one can go, by its name. */
export function CommandPalette() {
  const [isOpen, setIsOpen] = useState(false);
  useCommands({ palette: () => setIsOpen(true) });
  return isOpen && <OpenPalette onClose={() => setIsOpen(false)} />;
}

function OpenPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const { items, isLoading } = usePaletteItems(query);
  return (
    <PickerDialog
      isOpen
      label={t('commands.palettePlaceholder')}
      items={items}
      query={query}
      longest={QUERY_MAX}
      isLoading={isLoading}
      onQuery={setQuery}
      onClose={onClose}
    />
  );
}

import { useEffect, useId } from 'react';
import { create } from 'zustand';

interface UnsavedForms {
  ids: readonly string[];
}

const useUnsavedForms = create<UnsavedForms>(() => ({ ids: [] }));

export const hasUnsaved = () => useUnsavedForms.getState().ids.length > 0;
export const useHasUnsaved = () => useUnsavedForms(({ ids }) => ids.length > 0);

/** For what there is nothing left to save to. */
export const forgetUnsaved = () => useUnsavedForms.setState({ ids: [] });

/** Whoever leaves the settings is asked first, as long as this is so. */
export function useUnsaved(isUnsaved: boolean): void {
  const id = useId();
  useEffect(() => {
    if (!isUnsaved) return;
    useUnsavedForms.setState(({ ids }) => ({ ids: [...ids, id] }));
    return () => useUnsavedForms.setState(({ ids }) => ({ ids: ids.filter((one) => one !== id) }));
  }, [id, isUnsaved]);
}

// Borders between parts of the page that can be moved.

/** A border that is dragged, or moved by arrows: `value` is the first part's share in percent. */
export function Splitter(props: {
  readonly label: string;
  readonly direction: 'columns' | 'rows';
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  const { label, direction, value, onChange } = props;
  const set = (next: number) => onChange(Math.min(85, Math.max(15, next)));
  const onPointerDown = (event: PointerEvent) => {
    const handle = event.currentTarget as HTMLElement;
    const box = handle.parentElement!.getBoundingClientRect();
    handle.setPointerCapture(event.pointerId);
    const move = (at: PointerEvent) =>
      set(
        direction === 'columns'
          ? ((at.clientX - box.left) / box.width) * 100
          : ((at.clientY - box.top) / box.height) * 100,
      );
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', () => handle.removeEventListener('pointermove', move), {
      once: true,
    });
    event.preventDefault();
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowLeft' || key === 'ArrowUp') set(value - 3);
    if (key === 'ArrowRight' || key === 'ArrowDown') set(value + 3);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line between paragraphs can't be moved, this one can
    <div
      class={`splitter ${direction}`}
      role="separator"
      aria-label={label}
      aria-orientation={direction === 'columns' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(value)}
      aria-valuemin={15}
      aria-valuemax={85}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}

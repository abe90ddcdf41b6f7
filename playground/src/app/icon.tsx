// Small pictures of buttons and messages.

const ICONS = {
  play: 'M5 3.5v9l7.5-4.5z',
  stop: 'M4 4h8v8H4z',
  share: 'M8 10V2.5M5 5l3-3 3 3M3.5 8v5h9V8',
  download: 'M8 2.5V10M5 7.5l3 3 3-3M3 13.5h10',
  book: 'M3 3h4.2c.5 0 .8.3.8.8V13c0-.6-.5-1-1-1H3zM13 3H8.8c-.5 0-.8.3-.8.8V13c0-.6.5-1 1-1h4z',
  history: 'M3 8a5 5 0 1 0 1.6-3.7M3 3v2.5h2.5M8 5.5V8l2 1.5',
  gear: 'M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4',
  help: 'M6 6.2c0-1.2.9-2 2-2s2 .8 2 1.9c0 1.5-2 1.6-2 3.2M8 11.4v.6',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  error: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6 6l4 4M10 6l-4 4',
  warning: 'M8 2.5 14 13H2zM8 6.5v3M8 11v.6',
  note: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.5V11M8 5v.6',
  check: 'M3 8.5l3.2 3L13 4.5',
  down: 'M4.5 6.5 8 10l3.5-3.5',
} as const;

export type IconName = keyof typeof ICONS;

/** A small picture beside a text that says the same: it has no name of its own. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      class={`icon icon-${name}`}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={ICONS[name]} />
    </svg>
  );
}

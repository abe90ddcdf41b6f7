// Merit's own version, for whoever asks without needing the engine.

export const VERSION = '0.1.0';

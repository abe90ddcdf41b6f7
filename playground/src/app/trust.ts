// Where the browser asks which addresses code may be loaded from (`require-trusted-types-for`): from this page's own server.
// Nobody makes HTML of texts here: emptying an element, as the charts do, is all that is let through.

interface Rules {
  readonly createHTML: (text: string) => string;
  readonly createScriptURL: (address: string) => string;
}

interface PolicyMaker {
  createPolicy(name: string, rules: Rules): unknown;
}

/** Answers for the addresses of workers; has to be called before the first one is started. */
export function trustOwnScripts(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: PolicyMaker };
  trustedTypes?.createPolicy('default', {
    createHTML: (text) => {
      if (text !== '') throw new TypeError('no HTML is made of texts in this page');
      return text;
    },
    createScriptURL: (address) => {
      if (new URL(address, document.baseURI).origin !== location.origin)
        throw new TypeError(`${address} isn't of this page`);
      return address;
    },
  });
}

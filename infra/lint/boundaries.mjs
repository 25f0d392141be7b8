/** Which project may import which, by the tags in each package.json (`nx.tags`). */
const may = (sourceTag, ...onlyDependOnLibsWithTags) => ({ sourceTag, onlyDependOnLibsWithTags });

export const depConstraints = [
  {
    ...may('type:domain', 'type:domain', 'type:contract'),
    allowedExternalImports: ['zod', 'fast-check', '@jest/globals'],
  },
  { ...may('type:contract', 'type:contract'), allowedExternalImports: ['zod', '@jest/globals'] },
  may('type:platform', 'type:platform', 'type:domain'),
  may('type:feature', 'type:domain', 'type:contract', 'type:platform'),
  may('type:product', 'type:feature', 'type:platform', 'type:contract', 'type:domain'),
  may('type:app', 'type:product', 'type:feature', 'type:platform', 'type:contract', 'type:domain'),
  may('scope:shared', 'scope:shared'),
  ...['register', 'reporting', 'evaluation'].map((context) =>
    may(`scope:${context}`, `scope:${context}`, 'scope:shared'),
  ),
  // The demo speaks to every context and is loaded by apps only.
  may('scope:demo', 'scope:demo', 'scope:shared', 'scope:register', 'scope:reporting', 'scope:evaluation'),
  may('scope:app', 'scope:app', 'scope:demo', 'scope:shared', 'scope:register', 'scope:reporting', 'scope:evaluation'),
];

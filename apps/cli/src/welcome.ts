export interface Addresses {
  readonly api: string;
  readonly issuer: string;
  readonly embeddedIdentity: boolean;
  readonly home: string;
}

/** What a newcomer needs after a start: addresses, accounts, one query to paste. */
export function welcome({ api, issuer, embeddedIdentity, home }: Addresses): string {
  return [
    '',
    'Junheng is up. Ctrl-C ends it; the data stay in ' + home,
    '',
    `  API       ${api}/graphql   (health ${api}/health/ready, metrics ${api}/metrics)`,
    `  Identity  ${issuer}`,
    ...(embeddedIdentity ? accounts : []),
    '',
    '  One query: the counties of Chongqing compared under the basic standard of 2012',
    '',
    ...example(api, issuer).map((line) => `    ${line}`),
    '',
  ].join('\n');
}

const accounts = [
  '',
  '  FOR DEMONSTRATION ONLY: everybody knows these passwords. Set OIDC_ISSUER to a real Keycloak for real data.',
  '  Accounts, each with the password "junheng":',
  '    supervisor-50, supervisor-34, supervisor-42      provincial supervisors (Chongqing, Anhui, Hubei)',
  '    reviewer-4203                                    city reviewer',
  '    admin-420323, officer-420323                     county administrator and officer of Zhushan',
  '    auditor-50, auditor-420323                       auditors of a province, of a county',
  '    principal-<school code>, reporter-<school code>  a school, such as reporter-3142000001',
  '    operator                                         the platform',
];

function example(api: string, issuer: string): string[] {
  const query =
    '{ compareCounties(region: \\"50\\", schoolYear: 2013, standard: \\"cn-basic-2012\\") ' +
    '{ nodes { county name verdict stages { stage composite { cv within } } } } }';
  return [
    `TOKEN=$(curl -s ${issuer}/protocol/openid-connect/token \\`,
    `  -d grant_type=password -d client_id=junheng-cli -d username=supervisor-50 -d password=junheng \\`,
    `  | node -pe 'JSON.parse(require("fs").readFileSync(0)).access_token')`,
    `curl -s ${api}/graphql -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\`,
    `  -d '{"query":"${query}"}'`,
  ];
}

// Measures the first list of a process by the official TypeScript SDK: its built folder, the address of the list, the token.
const { performance } = require('node:perf_hooks');
const [folder, address, token] = process.argv.slice(2);
const { Configuration, TradingAccountCredentialApi } = require(folder);

async function main() {
  const api = new TradingAccountCredentialApi(new Configuration({ basePath: address, accessToken: token }));
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const response = await api.listTradingAccountCredentials();
  const ms = performance.now() - began;
  const cpu = process.cpuUsage(cpuBefore);
  console.log(JSON.stringify({ work: 'cold', ms, cpu: (cpu.user + cpu.system) / 1000 }));
  const expected = Number(address.split('/').pop());
  if (response.data.data.length !== expected) {
    throw new Error(`The list contains ${response.data.data.length} credentials instead of ${expected}.`);
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

// The reference implementation's side of bench_expr. Usage: node jsonata_bench.mjs PACKAGE_FOLDER CASES_FILE
// CASES_FILE is JSON: [{"expression": text, "input": file}]. Commands come in by line, one answer line each:
//   version           -> version of the package and of Node.js
//   compile CASE N    -> nanoseconds of one compilation, mean of N
//   evaluate CASE N   -> nanoseconds of one evaluation, mean of N
//   result CASE       -> the result as JSON
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const [folder, casesFile] = process.argv.slice(2);
const load = createRequire(join(resolve(folder), 'package.json'));
const jsonata = load('./' + load('./package.json').main);
const cases = JSON.parse(readFileSync(casesFile, 'utf8')).map((each) => ({
    text: each.expression,
    expression: jsonata(each.expression),
    input: JSON.parse(readFileSync(each.input, 'utf8')),
}));

async function timed(count, work) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < count; ++i) await work();
    return Number(process.hrtime.bigint() - start) / count;
}

const commands = {
    version: () => `jsonata ${load('./package.json').version}, Node.js ${process.versions.node}`,
    // No await inside: compiling is synchronous there.
    compile: (which, count) => {
        const start = process.hrtime.bigint();
        for (let i = 0; i < count; ++i) jsonata(which.text);
        return Number(process.hrtime.bigint() - start) / count;
    },
    evaluate: (which, count) => timed(count, () => which.expression.evaluate(which.input)),
    result: async (which) => JSON.stringify(await which.expression.evaluate(which.input)) ?? 'null',
};

for await (const line of createInterface({ input: process.stdin })) {
    const [command, index, count] = line.split(' ');
    process.stdout.write((await commands[command](cases[Number(index)], Number(count))) + '\n');
}

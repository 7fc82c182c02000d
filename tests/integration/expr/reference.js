// Evaluates pairs of expression and input with the reference implementation: one JSON object a line in, one a line out.
//   node reference.js FOLDER_OF_THE_JSONATA_PACKAGE
// In: {"expression": text, "input": value or absent}. Out: {"value": ...}, {} for nothing, {"error": code, "token",
// "position", "message"}, {"nonFinite": true} for a result that JSON cannot hold, or {"changed": true} when the
// evaluation has changed its own input, as grouping an empty array does, so that what it gave depends on the order of
// its steps.
'use strict';

const readline = require('readline');

// Items and members are evaluated at the same time there; of several errors the first in the text is told, as here.
Promise.all = async (parts) => {
    const results = [];
    for (const part of parts) results.push(await part);
    return results;
};
process.on('unhandledRejection', () => {});

// The moment that both sides take for now.
const NOW = 1700000000000;
global.Date = class extends Date {
    constructor(...parts) {
        super(...(parts.length ? parts : [NOW]));
    }
    static now() {
        return NOW;
    }
};

const jsonata = require(process.argv[2]);

const wellFormed = (text) => (text.toWellFormed ? text.toWellFormed() : text);

// What JSON.stringify drops or turns into null without a word is told apart here.
function plain(value, state) {
    if (typeof value === 'function' || (value && value._jsonata_lambda === true)) return undefined;
    if (value && value._jsonata_function === true) return undefined;
    if (typeof value === 'number' && !Number.isFinite(value)) state.nonFinite = true;
    if (typeof value === 'string') return wellFormed(value);
    if (Array.isArray(value)) return Array.from(value, (item) => plain(item, state) ?? null);
    if (value === null || typeof value !== 'object') return value;
    const copy = {};
    for (const key of Object.keys(value)) {
        const member = plain(value[key], state);
        if (member !== undefined) copy[wellFormed(key)] = member;
    }
    return copy;
}

async function answer(line) {
    const request = JSON.parse(line);
    const before = JSON.stringify(request.input);
    const answered = await evaluated(request);
    return JSON.stringify(request.input) === before ? answered : { changed: true };
}

async function evaluated(request) {
    const state = { nonFinite: false };
    try {
        const result = await jsonata(request.expression).evaluate(request.input);
        const value = plain(result, state);
        if (state.nonFinite) return { nonFinite: true };
        return value === undefined ? {} : { value };
    } catch (error) {
        const told = { error: error.code || 'host', message: String(error.message) };
        if (typeof error.token === 'string') told.token = error.token;
        if (typeof error.position === 'number') told.position = error.position;
        return told;
    }
}

async function main() {
    for await (const line of readline.createInterface({ input: process.stdin })) {
        process.stdout.write(JSON.stringify(await answer(line)) + '\n');
    }
}

main();

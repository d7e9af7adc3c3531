import { checkPackage } from "../package/index.ts";

const found = await checkPackage();
for (const each of found) console.error(each);
if (found.length > 0) process.exitCode = 1;
else console.log("The package is fit to be published: publint and attw found nothing.");

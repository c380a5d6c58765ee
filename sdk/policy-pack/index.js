const { PolicyPack } = require("@pulumi/policy");
const { policies } = require("../dist/policy");

new PolicyPack("golive", { policies });

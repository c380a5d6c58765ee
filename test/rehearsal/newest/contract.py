"""The newest Python client (PyPI `workos`) at the rehearsal: each call prints what it was, and what went wrong."""

import json
import sys

import workos
from workos.connect.models import RedirectUriInput

url, key = sys.argv[1:3]
client = workos.WorkOSClient(api_key=key, client_id="client_1", base_url=url + "/", max_retries=0)
state: dict = {}


def call(name, run, keep=None, expect=None):
    try:
        result = run()
        if expect is not None and not expect(result):
            raise AssertionError(repr(result)[:300])
        if keep:
            state[keep] = result
        print(json.dumps({"name": name, "fault": None}))
    except Exception as error:  # the test reads what it was
        print(json.dumps({"name": name, "fault": f"{type(error).__name__}: {error}"[:400]}))


def refused(name, kind, run):
    try:
        run()
        print(json.dumps({"name": name, "fault": "it was not refused"}))
    except Exception as error:
        fault = None if type(error).__name__ == kind else f"{type(error).__name__}: {error}"[:400]
        print(json.dumps({"name": name, "fault": fault}))


o = client.organizations
call("organizations.create", lambda: o.create_organization(name="Acme", metadata={"a": "1"}, external_id="acme"), "org")
call("organizations.get", lambda: o.get_organization(state["org"].id), expect=lambda r: r.metadata == {"a": "1"})
call("organizations.get by external id", lambda: o.get_organization_by_external_id("acme"))
call(
    "organizations.update merges metadata",
    lambda: o.update_organization(state["org"].id, metadata={"b": "2"}),
    expect=lambda r: r.metadata == {"a": "1", "b": "2"},
)
for i in range(25):
    call("organizations.create another", lambda: o.create_organization(name=f"Org {i}"))
call("organizations.list", lambda: list(o.list_organizations().auto_paging_iter()), expect=lambda r: len({x.id for x in r}) == 26)
refused("organizations.get of none", "NotFoundError", lambda: o.get_organization("org_none"))

a = client.authorization
call("permissions.create", lambda: a.create_permission(slug="posts:read", name="Read", description=""), expect=lambda r: r.description == "")
call("permissions.get", lambda: a.get_permission("posts:read"))
call("permissions.update", lambda: a.update_permission("posts:read", name="See"))
call("permissions.list", lambda: list(a.list_permissions().auto_paging_iter()), expect=lambda r: len(r) == 1)
call("roles.create", lambda: a.create_environment_role(slug="editor", name="Editor"))
call("roles.get", lambda: a.get_environment_role("editor"))
call("roles.update", lambda: a.update_environment_role("editor", description="Edits"))
call("roles.set permissions", lambda: a.set_environment_role_permissions("editor", permissions=["posts:read"]))
call("roles.add permission", lambda: a.add_environment_role_permission("editor", body_slug="posts:read"))
call("roles.list", lambda: a.list_environment_roles(), expect=lambda r: len(r.data) == 1)
refused("roles.create again", "ConflictError", lambda: a.create_environment_role(slug="editor", name="Again"))
call("permissions.delete", lambda: a.delete_permission("posts:read"))

c = client.connect
oauth = {"name": "CLI", "application_type": "oauth", "is_first_party": False, "cors_origins": ["https://a.example.com"]}
call(
    "connect.create",
    lambda: c.create_application(body={**oauth, "organization_id": state["org"].id, "description": ""}),
    "app",
    lambda r: r.cors_origins == ["https://a.example.com"] and r.was_dynamically_registered is False,
)
call("connect.create m2m", lambda: c.create_m2m_application(name="M", organization_id=state["org"].id))
call("connect.get", lambda: c.get_application(state["app"].id))
call(
    "connect.update",
    lambda: c.update_application(state["app"].id, redirect_uris=[RedirectUriInput(uri="https://a.example.com/cb", default=True)]),
    expect=lambda r: r.redirect_uris[0].default,
)
call("connect.list", lambda: list(c.list_applications().auto_paging_iter()), expect=lambda r: len(r) == 2)
call(
    "connect.list by registration",
    lambda: list(c.list_applications(registration_types=["dynamic"]).auto_paging_iter()),
    expect=lambda r: r == [],
)
call("connect.create secret", lambda: c.create_application_client_secret(state["app"].id), "secret")
call("connect.list secrets", lambda: c.list_application_client_secrets(state["app"].id), expect=lambda r: len(r) == 1)
call("connect.delete secret", lambda: c.delete_client_secret(state["secret"].id))
call("connect.delete", lambda: c.delete_application(state["app"].id))
refused("connect.create for no organization", "NotFoundError", lambda: c.create_application(body={**oauth, "organization_id": "org_none"}))

w = client.webhooks
events = [event.value for event in __import__("workos.common.models", fromlist=["x"]).CreateWebhookEndpointEvents]
call("webhooks.create with every event", lambda: w.create_webhook_endpoint(endpoint_url="https://a.example.com", events=events), "hook")
call("webhooks.update", lambda: w.update_webhook_endpoint(state["hook"].id, status="disabled"), expect=lambda r: r.status == "disabled")
call("webhooks.list", lambda: list(w.list_webhook_endpoints().auto_paging_iter()), expect=lambda r: len(r[0].events) == len(events))
refused("webhooks.create again", "ConflictError", lambda: w.create_webhook_endpoint(endpoint_url="https://a.example.com", events=[]))
call("webhooks.delete", lambda: w.delete_webhook_endpoint(state["hook"].id))

f = client.feature_flags
call("flags.list", lambda: list(f.list_feature_flags().auto_paging_iter()), expect=lambda r: len(r) == 1)
call("flags.get", lambda: f.get_feature_flag("beta"))
call("flags.enable", lambda: f.enable_feature_flag("beta"), expect=lambda r: r.enabled)
call("flags.disable", lambda: f.disable_feature_flag("beta"), expect=lambda r: not r.enabled)
call("flags.add target", lambda: f.add_flag_target(state["org"].id, "beta"))
call("flags.remove target", lambda: f.remove_flag_target(state["org"].id, "beta"))
refused("flags.add target of no kind", "BadRequestError", lambda: f.add_flag_target("team_1", "beta"))

u = client.user_management
call("redirect URIs.create", lambda: u.create_redirect_uri(uri="http://localhost:3000/cb"))
call("redirect URIs.create another", lambda: u.create_redirect_uri(uri="http://localhost:3000/b"), "uri")
call("redirect URIs.list", lambda: list(u.list_redirect_uris().auto_paging_iter()), expect=lambda r: len(r) == 2)
call("redirect URIs.delete", lambda: u.delete_redirect_uris(state["uri"].id))
call("CORS origins.create", lambda: u.create_cors_origin(origin="http://localhost:3000"))
call("CORS origins.list", lambda: list(u.list_cors_origins().auto_paging_iter()), expect=lambda r: len(r) == 1)
refused("CORS origins.create again", "ConflictError", lambda: u.create_cors_origin(origin="http://localhost:3000"))
refused("JWT template.get of none", "NotFoundError", lambda: u.list_jwt_template())
call("JWT template.update", lambda: u.update_jwt_template(content="{}"))
call("JWT template.get", lambda: u.list_jwt_template(), expect=lambda r: r.content == "{}")

from workos.audit_logs.models import AuditLogSchemaTargetInput  # noqa: E402

l = client.audit_logs
call("audit logs.create schema", lambda: l.create_schema("user.seen", targets=[AuditLogSchemaTargetInput(type="user")]))
call("audit logs.list schemas", lambda: list(l.list_action_schemas("user.seen").auto_paging_iter()), expect=lambda r: len(r) == 1)
call("audit logs.list actions", lambda: list(l.list_actions().auto_paging_iter()), expect=lambda r: len(r) == 1)
call("organizations.delete", lambda: o.delete_organization(state["org"].id))
refused("a wrong key", "AuthenticationError", lambda: workos.WorkOSClient(api_key="sk_x", client_id="c", base_url=url + "/", max_retries=0).organizations.list_organizations())

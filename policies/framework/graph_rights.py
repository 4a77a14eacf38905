"""Microsoft Graph permissions with which an application can make itself administrator."""

GRAPH = "00000003-0000-0000-c000-000000000000"
"""Client id of Microsoft Graph (Microsoft, "Application IDs of commonly used Microsoft applications")."""
ADMINISTRATION = {
    "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8": "RoleManagement.ReadWrite.Directory",
    "06b708a9-e830-4db3-a914-8e69da51d44f": "AppRoleAssignment.ReadWrite.All",
    "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9": "Application.ReadWrite.All",
    "19dbc75e-c2e2-444c-a770-ec69d8559fc7": "Directory.ReadWrite.All",
    "62a82d76-70ea-41e2-9197-370581804d09": "Group.ReadWrite.All",
}
"""Application permissions by id (Microsoft, "Microsoft Graph permissions reference")."""
READER = "df021288-bdef-4463-88db-98f22de89214"
"""`User.Read.All`, for examples."""

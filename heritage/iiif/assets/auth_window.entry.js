// The window of the access service has done its work once the visitor is logged in.
if (window.opener) window.close();
